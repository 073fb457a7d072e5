import type { Operation } from '../../../core/operation.js';
import type { EventsState } from '../service-state.js';
import { createEventBus } from './create-event-bus.js';
import { deleteEventBus } from './delete-event-bus.js';
import { deleteRule } from './delete-rule.js';
import { describeEventBus } from './describe-event-bus.js';
import { describeRule } from './describe-rule.js';
import { listEventBuses } from './list-event-buses.js';
import { listRules } from './list-rules.js';
import { listTargetsByRule } from './list-targets-by-rule.js';
import { putPermission, removePermission } from './permissions.js';
import { putEvents } from './put-events.js';
import { putRule } from './put-rule.js';
import { putTargets } from './put-targets.js';
import { removeTargets } from './remove-targets.js';
import { disableRule, enableRule } from './rule-state.js';
import { listTagsForResource, tagResource, untagResource } from './tagging.js';
import { testEventPattern } from './test-event-pattern.js';
import { updateEventBus } from './update-event-bus.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation has its own input and output types
export const operations: readonly Operation<EventsState, any, any>[] = [
  createEventBus,
  deleteEventBus,
  deleteRule,
  describeEventBus,
  describeRule,
  disableRule,
  enableRule,
  listEventBuses,
  listRules,
  listTagsForResource,
  listTargetsByRule,
  putEvents,
  putPermission,
  putRule,
  putTargets,
  removePermission,
  removeTargets,
  tagResource,
  testEventPattern,
  untagResource,
  updateEventBus,
];
