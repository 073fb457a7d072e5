import type { AnyResourceType } from '../../../core/resource-type.js';
import { eventBusResource } from './event-bus.js';
import { eventBusPolicyResource } from './event-bus-policy.js';
import { ruleResource } from './rule.js';

export const resourceTypes: readonly AnyResourceType[] = [eventBusResource, eventBusPolicyResource, ruleResource];
