import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { restJsonProtocol } from '../../gateway/protocols/rest-json.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { Schedules } from './schedules/schedules.js';

/** Amazon EventBridge Scheduler: schedules that call targets under a role. */
export function scheduler(context: CloudContext): Service {
  const schedules = new Schedules(context);
  return {
    name: 'scheduler',
    signingNames: ['scheduler'],
    protocol: restJsonProtocol([{ model: 'scheduler' }]),
    operations: bindOperations({ context, schedules }, operations),
    resourceTypes,
    start: () => schedules.start(),
    stop: async () => schedules.stop(),
  };
}
