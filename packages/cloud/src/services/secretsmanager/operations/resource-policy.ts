import { AwsError } from '../../../core/aws-error.js';
import { parsePolicy } from '../../../iam/index.js';
import { parseSecretId, secretArn } from '../secret-id.js';
import { identityOf } from '../secret-output.js';
import { onSecret, secretsOperation } from '../service-state.js';

/** @throws AwsError MalformedPolicyDocumentException */
function checkPolicy(policy: string): void {
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('MalformedPolicyDocumentException', error.message);
  }
}

/** True if a statement allows everybody without a condition. */
function isPublic(policy: string): boolean {
  return parsePolicy(policy, 'resource').statements.some(
    ({ effect, principals, conditions }) =>
      effect === 'Allow' &&
      conditions.length === 0 &&
      principals?.not === false &&
      principals.values.some(({ value }) => value === '*'),
  );
}

export const putResourcePolicy = secretsOperation({
  name: 'PutResourcePolicy',
  limits: { SecretId: { min: 1, max: 2048 }, ResourcePolicy: { min: 1, max: 20_480 } },
  parse: ({ SecretId, ResourcePolicy: policy, BlockPublicPolicy: block = false }, scope) => {
    checkPolicy(policy);
    return { secret: parseSecretId(SecretId, scope), policy, block };
  },
  access: (row) => [
    onSecret(row, 'PutResourcePolicy', { 'secretsmanager:BlockPublicPolicy': ({ input }) => String(input.block) }),
  ],
  handle: async ({ secret, policy, block }, _call, { secrets, context }) => {
    if (block && isPublic(policy)) {
      throw new AwsError(
        'PublicPolicyException',
        'You must set BlockPublicPolicy to false to attach a policy that grants broad access to the secret.',
      );
    }
    const record = await secrets.change(secret, (before) => ({ ...before, policy }));
    context.reviewPolicy({ name: `the policy of ${secretArn(record)}`, text: policy, kind: 'resource' });
    return identityOf(record);
  },
});

export const validateResourcePolicy = secretsOperation({
  name: 'ValidateResourcePolicy',
  limits: { SecretId: { min: 1, max: 2048 }, ResourcePolicy: { min: 1, max: 20_480 } },
  parse: ({ SecretId = '*', ResourcePolicy: policy }, scope) => {
    checkPolicy(policy);
    // Without a secret the policy is looked at as one for any.
    return { secret: SecretId === '*' ? { ...scope, text: '*', byArn: true } : parseSecretId(SecretId, scope), policy };
  },
  access: (row) => [onSecret(row, 'ValidateResourcePolicy')],
  handle: ({ policy }) => ({
    PolicyValidationPassed: !isPublic(policy),
    ValidationErrors: isPublic(policy)
      ? [{ CheckName: 'PUBLIC_POLICY', ErrorMessage: 'The policy grants broad access to the secret.' }]
      : [],
  }),
});

export const getResourcePolicy = secretsOperation({
  name: 'GetResourcePolicy',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId }, scope) => ({ secret: parseSecretId(SecretId, scope) }),
  access: (row) => [onSecret(row, 'GetResourcePolicy')],
  handle: async ({ secret }, _call, { secrets }) => {
    const record = await secrets.getLive(secret);
    return { ...identityOf(record), ResourcePolicy: record.policy };
  },
});

export const deleteResourcePolicy = secretsOperation({
  name: 'DeleteResourcePolicy',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId }, scope) => ({ secret: parseSecretId(SecretId, scope) }),
  access: (row) => [onSecret(row, 'DeleteResourcePolicy')],
  handle: async ({ secret }, _call, { secrets }) =>
    identityOf(await secrets.change(secret, ({ policy: _, ...rest }) => rest)),
});
