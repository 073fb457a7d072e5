import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { checkRules, nextRotation } from '../rotation/next-rotation.js';
import { checkRotationFunction } from '../rotation/rotation-steps.js';
import { pendingId } from '../rotation/rotator.js';
import { invalidParameter, invalidRequest } from '../secret-error.js';
import { parseSecretId } from '../secret-id.js';
import { identityOf } from '../secret-output.js';
import type { SecretRecord } from '../secret-record.js';
import { TOKEN_LIMITS, versionId } from '../secret-value.js';
import { onSecret, secretsOperation } from '../service-state.js';
import { withPending } from '../versions.js';

export const rotateSecret = secretsOperation({
  name: 'RotateSecret',
  limits: { SecretId: { min: 1, max: 2048 }, ClientRequestToken: TOKEN_LIMITS },
  parse: (input, scope) => {
    if (input.ExternalSecretRotationRoleArn !== undefined || input.ExternalSecretRotationMetadata !== undefined) {
      throw invalidParameter('The local cloud does not rotate secrets that other services keep');
    }
    if (input.RotationRules) checkRules(input.RotationRules);
    return {
      secret: parseSecretId(input.SecretId, scope),
      token: input.ClientRequestToken,
      functionArn: input.RotationLambdaARN,
      rules: input.RotationRules,
      immediately: input.RotateImmediately ?? true,
    };
  },
  access: (row) => [
    onSecret(row, 'RotateSecret', {
      'secretsmanager:RotationLambdaARN': ({ input }) => input.functionArn,
      'secretsmanager:ModifyRotationRules': ({ input }) => String(input.rules !== undefined),
      'secretsmanager:RotateImmediately': ({ input }) => String(input.immediately),
      'secretsmanager:ExternalSecretRotationRoleArn': () => undefined,
    }),
  ],
  handle: async ({ secret, token, functionArn: given, rules: givenRules, immediately }, call, state) => {
    const { secrets, rotator, context } = state;
    const id = versionId(token, call);
    const before = await secrets.getLive(secret);
    const functionArn = given ?? before.rotation?.functionArn;
    if (functionArn === undefined)
      throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
    const rules = givenRules ?? before.rotation?.rules ?? {};
    if (immediately && pendingId(before) !== undefined && pendingId(before) !== id) {
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    await checkFunction(context, before, functionArn);
    const now = context.now();
    const record = await secrets.change(secret, (current) => ({
      ...current,
      rotation: { functionArn, rules, enabled: true },
      versions: immediately ? withPending(current.versions, id, now) : current.versions,
      nextRotation: nextRotation(rules, now),
      changed: now,
    }));
    await rotator.plan(record);
    // Without a rotation now, the function's test step shows that it can do one.
    rotator.begin(record, id, immediately ? undefined : ['testSecret']);
    return { ...identityOf(record), VersionId: immediately ? id : undefined };
  },
});

async function checkFunction(context: CloudContext, record: SecretRecord, functionArn: string): Promise<void> {
  try {
    await checkRotationFunction(context, record, functionArn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'AccessDeniedException',
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
    );
  }
}

export const cancelRotateSecret = secretsOperation({
  name: 'CancelRotateSecret',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId }, scope) => ({ secret: parseSecretId(SecretId, scope) }),
  access: (row) => [onSecret(row, 'CancelRotateSecret')],
  handle: async ({ secret }, _call, { secrets, rotator }) => {
    const record = await secrets.change(secret, (before) => ({
      ...before,
      rotation: before.rotation && { ...before.rotation, enabled: false },
      nextRotation: undefined,
    }));
    await rotator.plan(record);
    return { ...identityOf(record), VersionId: pendingId(record) };
  },
});
