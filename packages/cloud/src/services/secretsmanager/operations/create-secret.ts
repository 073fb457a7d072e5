import { requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { alreadyThere, invalidParameter, invalidRequest } from '../secret-error.js';
import { checkName, suffixIn } from '../secret-id.js';
import { useSecretKey } from '../secret-key.js';
import { identityOf } from '../secret-output.js';
import type { SecretRecord } from '../secret-record.js';
import { readValue, TOKEN_LIMITS, versionId } from '../secret-value.js';
import { onSecret, secretsOperation } from '../service-state.js';
import { CURRENT, withVersion } from '../versions.js';
import { keyOfInput } from './key-keys.js';
import { SECRET_TAGS } from './tagging.js';

export const createSecret = secretsOperation({
  name: 'CreateSecret',
  limits: { Name: { min: 1, max: 512 }, ClientRequestToken: TOKEN_LIMITS, Description: { max: 2048 } },
  parse: (input, { account, region }) => {
    checkName(input.Name);
    if (input.AddReplicaRegions?.length) {
      throw invalidParameter('The local cloud does not replicate secrets to other regions (AddReplicaRegions)');
    }
    return {
      secret: { account, region, text: input.Name, byArn: false },
      token: input.ClientRequestToken,
      description: input.Description,
      keyId: input.KmsKeyId,
      type: input.Type,
      value: readValue(input),
      tags: fromTagList(input.Tags),
    };
  },
  access: (row) => [
    onSecret(row, 'CreateSecret', {
      ...requestTags(({ tags }) => tags),
      ...keyOfInput,
      'secretsmanager:Name': ({ input }) => input.secret.text,
      'secretsmanager:Description': ({ input }) => input.description,
      'secretsmanager:Type': ({ input }) => input.type,
    }),
  ],
  handle: ({ secret, token, value, tags, ...settings }, call, state) =>
    state.secrets.alone(secret, secret.text, async () => {
      const existing = await state.secrets.find(secret);
      const id = value === undefined ? undefined : versionId(token, call);
      if (existing) return repeated(existing, id);
      const now = state.context.now();
      const record: SecretRecord = {
        ...settings,
        account: secret.account,
        region: secret.region,
        name: secret.text,
        suffix: suffixIn(call.resourceId ?? '') ?? randomId.mixed(6),
        tags: Object.keys(tags).length > 0 ? withTags({}, tags, SECRET_TAGS, call) : undefined,
        versions: id === undefined ? [] : withVersion([], { id, created: now, ...value }, [CURRENT], secret.text),
        created: now,
        changed: now,
      };
      if (id !== undefined) await useSecretKey(state.context, call, record, id, 'GenerateDataKey');
      await state.secrets.put(record);
      return { ...identityOf(record), VersionId: id };
    }),
});

/** The answer to a request that was made before; every other finds the name taken. */
function repeated(existing: SecretRecord, id: string | undefined) {
  if (existing.deletion !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (id !== undefined && existing.versions.some((version) => version.id === id)) {
    return { ...identityOf(existing), VersionId: id };
  }
  throw alreadyThere(`The operation failed because the secret ${existing.name} already exists.`);
}
