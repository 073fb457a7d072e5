import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/query-protocol.js';
import { identitiesIn } from '../../iam/index.js';
import { operations } from './operations/index.js';
import { managedPolicy } from './resources/managed-policy.js';
import { policy } from './resources/policy.js';
import { role } from './resources/role.js';
import { rolePolicy } from './resources/role-policy.js';
import type { IamState } from './service-state.js';

/** AWS Identity and Access Management. Roles and policies belong to an account, not to a region. */
export function iam({ store, now }: CloudContext): Service {
  const state: IamState = { identities: identitiesIn(store), now };
  return {
    name: 'iam',
    signingNames: ['iam'],
    protocol: queryProtocol({ xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/', version: '2010-05-08' }),
    operations: bindOperations(state, operations),
    resourceTypes: [role, policy, managedPolicy, rolePolicy],
  };
}
