import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { EventBridge } from './event-bridge.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** Amazon EventBridge: event buses, rules with patterns and schedules, archives, connections and API destinations. */
export function events(context: CloudContext): Service {
  const bridge = new EventBridge(context);
  return {
    name: 'events',
    signingNames: ['events'],
    protocol: jsonProtocol('events'),
    operations: bindOperations({ context, bridge }, operations),
    resourceTypes: resourceTypes(),
    start: () => bridge.start(),
    stop: async () => bridge.stop(),
  };
}
