import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { identitiesIn } from '../../iam/index.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import type { IamState } from './service-state.js';

/** AWS Identity and Access Management. Its entities belong to an account, not to a region. */
export function iam({ store, now }: CloudContext): Service {
  const state: IamState = { store, identities: identitiesIn(store), now };
  return {
    name: 'iam',
    signingNames: ['iam'],
    protocol: queryProtocol('iam'),
    operations: bindOperations(state, operations),
    resourceTypes,
  };
}
