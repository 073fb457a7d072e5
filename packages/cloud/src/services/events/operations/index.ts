import type { Operation } from '../../../core/operation.js';
import type { EventsState } from '../service-state.js';
import {
  createApiDestination,
  deleteApiDestination,
  describeApiDestination,
  listApiDestinations,
  updateApiDestination,
} from './api-destinations.js';
import { createArchive, deleteArchive, describeArchive, listArchives, updateArchive } from './archives.js';
import {
  createConnection,
  deauthorizeConnection,
  deleteConnection,
  describeConnection,
  listConnections,
  updateConnection,
} from './connections.js';
import { createEventBus } from './create-event-bus.js';
import { deleteEventBus } from './delete-event-bus.js';
import { deleteRule } from './delete-rule.js';
import { describeEventBus } from './describe-event-bus.js';
import { describeRule } from './describe-rule.js';
import { forwardEvent } from './forward-event.js';
import { invokeApiDestination } from './invoke-api-destination.js';
import { listEventBuses } from './list-event-buses.js';
import { listRuleNamesByTarget } from './list-rule-names-by-target.js';
import { listRules } from './list-rules.js';
import { putPermission, removePermission } from './permissions.js';
import { putEvents } from './put-events.js';
import { putRule } from './put-rule.js';
import { cancelReplay, describeReplay, listReplays, startReplay } from './replays.js';
import { disableRule, enableRule } from './rule-state.js';
import { eventTagging } from './tagging.js';
import { listTargetsByRule, putTargets, removeTargets } from './targets.js';
import { testEventPattern } from './test-event-pattern.js';
import { updateEventBus } from './update-event-bus.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation has its own input and output types
export const operations: readonly Operation<EventsState, any, any>[] = [
  cancelReplay,
  createApiDestination,
  createArchive,
  createConnection,
  createEventBus,
  deauthorizeConnection,
  deleteApiDestination,
  deleteArchive,
  deleteConnection,
  deleteEventBus,
  deleteRule,
  describeApiDestination,
  describeArchive,
  describeConnection,
  describeEventBus,
  describeReplay,
  describeRule,
  disableRule,
  enableRule,
  forwardEvent,
  invokeApiDestination,
  listApiDestinations,
  listArchives,
  listConnections,
  listEventBuses,
  listReplays,
  listRuleNamesByTarget,
  listRules,
  listTargetsByRule,
  putEvents,
  putPermission,
  putRule,
  putTargets,
  removePermission,
  removeTargets,
  startReplay,
  ...eventTagging,
  testEventPattern,
  updateApiDestination,
  updateArchive,
  updateConnection,
  updateEventBus,
];
