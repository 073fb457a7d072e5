import { bindOperations } from '../../core/operation.js';
import type { ServiceMaker } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { lookupEvents } from './lookup-events.js';

/** CloudTrail, as far as the CDK CLI asks it after a failed deployment. */
export const cloudTrail: ServiceMaker = () => ({
  name: 'cloudtrail',
  signingNames: ['cloudtrail'],
  protocol: jsonProtocol('cloudtrail'),
  operations: bindOperations({}, [lookupEvents]),
  resourceTypes: [],
});
