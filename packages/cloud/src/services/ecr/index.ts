import type { ServiceMaker } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** Elastic Container Registry, as far as bootstrapping needs it: repositories and their policies, no images. */
export const ecr: ServiceMaker = ({ store, now }) => ({
  name: 'ecr',
  signingNames: ['ecr'],
  protocol: jsonProtocol('ecr'),
  operations: bindOperations({ store, now }, operations),
  resourceTypes,
});
