import { parseSecretId, secretArn } from '../secret-id.js';
import { useSecretKey } from '../secret-key.js';
import { identityOf } from '../secret-output.js';
import { readValue, TOKEN_LIMITS, versionId } from '../secret-value.js';
import { onSecret, secretsOperation } from '../service-state.js';
import { CURRENT, moveStage, withVersion } from '../versions.js';
import { keyOfInput } from './key-keys.js';

export const updateSecret = secretsOperation({
  name: 'UpdateSecret',
  limits: { SecretId: { min: 1, max: 2048 }, ClientRequestToken: TOKEN_LIMITS, Description: { max: 2048 } },
  parse: (input, scope) => ({
    secret: parseSecretId(input.SecretId, scope),
    token: input.ClientRequestToken,
    description: input.Description,
    keyId: input.KmsKeyId,
    type: input.Type,
    value: readValue(input),
  }),
  access: (row) => [
    onSecret(row, 'UpdateSecret', {
      ...keyOfInput,
      'secretsmanager:Description': ({ input }) => input.description,
      'secretsmanager:Type': ({ input }) => input.type,
    }),
  ],
  handle: async ({ secret, token, value, description, keyId, type }, call, { secrets, context }) => {
    const id = value === undefined ? undefined : versionId(token, call);
    const now = context.now();
    const record = await secrets.change(secret, async (before) => {
      const after = { ...before, keyId: keyId ?? before.keyId };
      // A new key encrypts the current value anew, which the old one has to open.
      const current = before.versions.find(({ stages }) => stages.includes(CURRENT))?.id;
      if (keyId !== undefined && keyId !== before.keyId && current !== undefined) {
        await useSecretKey(context, call, before, current, 'Decrypt');
        await useSecretKey(context, call, after, current, 'GenerateDataKey');
      }
      if (id !== undefined) await useSecretKey(context, call, after, id, 'GenerateDataKey');
      return {
        ...after,
        description: description ?? before.description,
        type: type ?? before.type,
        versions:
          id === undefined
            ? before.versions
            : withVersion(before.versions, { id, created: now, ...value }, [CURRENT], secretArn(before)),
        changed: now,
      };
    });
    return { ...identityOf(record), VersionId: id };
  },
});

export const updateSecretVersionStage = secretsOperation({
  name: 'UpdateSecretVersionStage',
  limits: {
    SecretId: { min: 1, max: 2048 },
    VersionStage: { min: 1, max: 256 },
    RemoveFromVersionId: TOKEN_LIMITS,
    MoveToVersionId: TOKEN_LIMITS,
  },
  parse: ({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }, scope) => ({
    secret: parseSecretId(SecretId, scope),
    stage: VersionStage,
    from: RemoveFromVersionId,
    to: MoveToVersionId,
  }),
  access: (row) => [
    onSecret(row, 'UpdateSecretVersionStage', { 'secretsmanager:VersionStage': ({ input }) => input.stage }),
  ],
  handle: async ({ secret, stage, from, to }, _call, { secrets, context }) => {
    const record = await secrets.change(secret, (before) => ({
      ...before,
      versions: moveStage(before.versions, stage, { from, to }),
      changed: context.now(),
    }));
    return identityOf(record);
  },
});
