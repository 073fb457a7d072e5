import type { ServiceMaker } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** AWS Certificate Manager, as far as custom domain names need it: certificates that are issued and never shown. */
export const acm: ServiceMaker = ({ store, now }) => ({
  name: 'acm',
  signingNames: ['acm'],
  protocol: jsonProtocol('acm'),
  operations: bindOperations({ store, now }, operations),
  resourceTypes,
});
