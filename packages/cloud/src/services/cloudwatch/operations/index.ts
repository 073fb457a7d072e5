import type { Operation } from '../../../core/operation.js';
import type { CloudWatchState } from '../service-state.js';
import {
  deleteAlarms,
  describeAlarmHistory,
  describeAlarms,
  describeAlarmsForMetric,
  disableAlarmActions,
  enableAlarmActions,
  setAlarmState,
} from './alarms.js';
import { deleteDashboards, getDashboard, listDashboards, putDashboard } from './dashboards.js';
import { getMetricData, getMetricStatistics, listMetrics, putMetricData } from './metric-data.js';
import { putCompositeAlarm, putMetricAlarm } from './put-alarm.js';
import { alarmTagging } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<CloudWatchState, any, any>[] = [
  deleteAlarms,
  deleteDashboards,
  describeAlarmHistory,
  describeAlarms,
  describeAlarmsForMetric,
  disableAlarmActions,
  enableAlarmActions,
  getDashboard,
  getMetricData,
  getMetricStatistics,
  listDashboards,
  listMetrics,
  putCompositeAlarm,
  putDashboard,
  putMetricAlarm,
  putMetricData,
  setAlarmState,
  ...alarmTagging,
];
