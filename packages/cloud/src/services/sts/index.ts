import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/query-protocol.js';
import { identitiesIn } from '../../iam/index.js';
import { assumeRole } from './operations/assume-role.js';
import { getCallerIdentity } from './operations/get-caller-identity.js';
import type { StsState } from './sts-state.js';

/** AWS Security Token Service. */
export function sts({ store, credentials, reviewPolicy }: CloudContext): Service {
  const state: StsState = { credentials, identities: identitiesIn(store), reviewPolicy };
  return {
    name: 'sts',
    signingNames: ['sts'],
    protocol: queryProtocol({ xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/', version: '2011-06-15' }),
    operations: bindOperations(state, [assumeRole, getCallerIdentity]),
    resourceTypes: [],
  };
}
