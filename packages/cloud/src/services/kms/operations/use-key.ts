import { operation } from '../../../core/operation.js';
import type { KeyUse } from '../../../kit/key-use.js';
import { keyArn, parseKeyId } from '../key-id.js';
import { checkUsable } from '../key-state.js';
import { type KmsState, onKeyOf, requestAlias } from '../service-state.js';
import { encryptionKeys } from './encryption-keys.js';

const ACTIONS = ['Decrypt', 'Encrypt', 'GenerateDataKey'] as const;

/**
 * A key as another service uses it for its own caller: the caller must be allowed to, and the key must be usable. What
 * the service stores is not encrypted.
 */
export const useKey = operation<KmsState>()({
  name: 'UseKey',
  internal: true,
  parse: (input, scope) => {
    const { keyId, action, encryptionContext } = input as KeyUse;
    return { key: parseKeyId(keyId, scope), action, encryptionContext, algorithm: 'SYMMETRIC_DEFAULT' };
  },
  access: (row) =>
    ACTIONS.map((action) =>
      onKeyOf(row, action, (input) => (input.action === action ? input.key : undefined), {
        ...requestAlias,
        ...encryptionKeys,
      }),
    ),
  handle: async ({ key, action }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'ENCRYPT_DECRYPT', action);
    return { KeyId: keyArn(record) };
  },
});
