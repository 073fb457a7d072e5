import type { AnyResourceType } from '../../../core/resource-type.js';
import { alarmResource, compositeAlarmResource } from './alarm.js';
import { dashboardResource } from './dashboard.js';

export const resourceTypes: readonly AnyResourceType[] = [alarmResource, compositeAlarmResource, dashboardResource];
