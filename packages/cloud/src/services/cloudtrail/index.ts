import type { ServiceMaker } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { operations } from './operations/index.js';

/** CloudTrail, as far as the CDK CLI asks it after a failed deployment. */
export const cloudTrail: ServiceMaker = () => ({
  name: 'cloudtrail',
  signingNames: ['cloudtrail'],
  protocol: jsonProtocol('cloudtrail'),
  operations: bindOperations({}, operations),
  resourceTypes: [],
});
