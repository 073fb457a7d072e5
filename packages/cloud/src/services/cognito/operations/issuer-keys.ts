import type { JWK } from 'jose';
import { operation } from '../../../core/operation.js';
import { issuerOf } from '../pools/pool-record.js';
import type { CognitoState } from '../service-state.js';
import { publicKey } from '../tokens/pool-keys.js';

/**
 * The public keys of the pool that issues tokens by a name; undefined where no pool here does. What everybody reads at the
 * pool's address, for the services of this cloud that verify tokens.
 */
export const issuerKeys = operation<CognitoState>()({
  name: 'IssuerKeys',
  internal: true,
  parse: (input) => input as { readonly issuer: string },
  access: () => [],
  handle: async ({ issuer }, _call, { store, tokens }): Promise<readonly JWK[] | undefined> => {
    const id = issuer.slice(issuer.lastIndexOf('/') + 1);
    const pool = issuerOf(id) === issuer ? store.find(id) : undefined;
    return pool && [publicKey(await tokens.keysOf(pool))];
  },
});
