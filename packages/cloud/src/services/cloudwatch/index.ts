import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { jsonOrCbor, jsonOrQuery } from '../../gateway/protocols/negotiated.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { AlarmStore } from './alarms/alarm-store.js';
import { Alarms } from './alarms/alarms.js';
import { DashboardStore } from './dashboards/dashboard-store.js';
import { MetricStore } from './metrics/metric-store.js';
import { serviceMetricSink } from './metrics/service-metric-sink.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** Amazon CloudWatch: metrics that are reported and those of the cloud's own services, alarms on them, and dashboards that are kept. */
export function cloudWatch(context: CloudContext): Service {
  const metrics = new MetricStore(context.store);
  const alarmStore = new AlarmStore(context.store);
  const alarms = new Alarms(context, metrics, alarmStore);
  context.metrics.reportTo(serviceMetricSink(metrics, alarms));
  const state = { context, metrics, alarmStore, alarms, dashboards: new DashboardStore(context.store) };
  return {
    name: 'cloudwatch',
    signingNames: ['monitoring'],
    protocol: jsonOrCbor(jsonOrQuery(jsonProtocol('cloudwatch'), queryProtocol('cloudwatch')), 'cloudwatch'),
    operations: bindOperations(state, operations),
    resourceTypes,
    start: () => alarms.start(),
    stop: async () => {
      await context.metrics.flush();
      await alarms.stop();
    },
  };
}
