import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { EventBridge } from './event-bridge.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** Amazon EventBridge: event buses, and rules with patterns and schedules. */
export function events(context: CloudContext): Service {
  const bridge = new EventBridge(context);
  return {
    name: 'events',
    signingNames: ['events'],
    protocol: jsonProtocol({ targetPrefix: 'AWSEvents', version: '1.1' }),
    operations: bindOperations({ context, bridge }, operations),
    resourceTypes,
    start: () => bridge.start(),
    stop: async () => bridge.stop(),
  };
}
