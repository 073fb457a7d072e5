import type { AnyResourceType } from '../../../core/resource-type.js';
import { apiDestinationResource } from './api-destination.js';
import { archiveResource } from './archive.js';
import { connectionResource } from './connection.js';
import { eventBusResource } from './event-bus.js';
import { eventBusPolicyResource } from './event-bus-policy.js';
import { ruleResource } from './rule.js';

/** The resource types of one cloud. */
export const resourceTypes = (): readonly AnyResourceType[] => [
  apiDestinationResource,
  archiveResource,
  connectionResource,
  eventBusResource,
  eventBusPolicyResource(),
  ruleResource,
];
