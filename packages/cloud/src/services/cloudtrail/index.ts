import { bindOperations } from '../../core/operation.js';
import type { ServiceMaker } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { lookupEvents } from './lookup-events.js';

/** CloudTrail, as far as the CDK CLI asks it after a failed deployment. */
export const cloudTrail: ServiceMaker = () => ({
  name: 'cloudtrail',
  signingNames: ['cloudtrail'],
  protocol: jsonProtocol({ targetPrefix: 'CloudTrail_20131101', version: '1.1' }),
  operations: bindOperations({}, [lookupEvents]),
  resourceTypes: [],
});
