import { requestTags, tagKeys } from '../../../core/access.js';
import { fromTagList, type TagRules, withoutTags, withTags } from '../../../kit/tags.js';
import { invalidParameter, invalidRequest } from '../secret-error.js';
import { parseSecretId } from '../secret-id.js';
import { onSecret, secretsOperation } from '../service-state.js';

export const SECRET_TAGS: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalidRequest(`A secret can have at most ${most} tags.`),
};

export const tagResource = secretsOperation({
  name: 'TagResource',
  parse: ({ SecretId, Tags }, scope) => ({ secret: parseSecretId(SecretId, scope), tags: fromTagList(Tags) }),
  access: (row) => [
    onSecret(
      row,
      'TagResource',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ secret, tags }, call, { secrets }) => {
    await secrets.change(secret, (record) => ({
      ...record,
      tags: withTags(record.tags ?? {}, tags, SECRET_TAGS, call),
    }));
  },
});

export const untagResource = secretsOperation({
  name: 'UntagResource',
  parse: ({ SecretId, TagKeys }, scope) => ({ secret: parseSecretId(SecretId, scope), keys: TagKeys }),
  access: (row) => [
    onSecret(
      row,
      'UntagResource',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: async ({ secret, keys }, _call, { secrets }) => {
    await secrets.change(secret, (record) => ({ ...record, tags: withoutTags(record.tags ?? {}, keys) }));
  },
});
