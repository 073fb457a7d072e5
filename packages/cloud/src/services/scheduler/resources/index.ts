import type { AnyResourceType } from '../../../core/resource-type.js';
import { scheduleResource } from './schedule.js';
import { scheduleGroupResource } from './schedule-group.js';

export const resourceTypes: readonly AnyResourceType[] = [scheduleResource, scheduleGroupResource];
