import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { identitiesIn } from '../../iam/index.js';
import { operations } from './operations/index.js';

/** AWS Security Token Service. */
export function sts({ store, credentials, reviewPolicy }: CloudContext): Service {
  return {
    name: 'sts',
    signingNames: ['sts'],
    protocol: queryProtocol('sts'),
    operations: bindOperations({ credentials, identities: identitiesIn(store), reviewPolicy }, operations),
    resourceTypes: [],
  };
}
