import { unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface Transformation {
  readonly MetricName: string;
  readonly MetricNamespace: string;
  readonly MetricValue: string;
  readonly DefaultValue?: number | string;
  readonly Unit?: string;
  readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
}

interface MetricFilterProperties extends Properties {
  readonly FilterName?: string;
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly Transformation[];
}

async function put(
  filterName: string,
  { LogGroupName, FilterPattern, MetricTransformations }: MetricFilterProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  await call('logs', 'PutMetricFilter', {
    logGroupName: LogGroupName,
    filterName,
    filterPattern: FilterPattern,
    metricTransformations: MetricTransformations.map((each) => ({
      metricName: each.MetricName,
      metricNamespace: each.MetricNamespace,
      metricValue: String(each.MetricValue),
      defaultValue: each.DefaultValue,
      unit: each.Unit,
      ...(each.Dimensions && {
        dimensions: Object.fromEntries(each.Dimensions.map(({ Key, Value }) => [Key, Value])),
      }),
    })),
  });
  return {};
}

/** AWS::Logs::MetricFilter. Its physical id is its name. */
export const metricFilter: ResourceType<MetricFilterProperties> = {
  type: 'AWS::Logs::MetricFilter',
  newId: ({ FilterName }, { stackName, logicalId }) =>
    FilterName ?? `${stackName}-${logicalId}-${randomId.upper(12)}`.slice(-512),
  create: put,
  update: (name, properties, _previous, context) => put(name, properties, context),
  delete: (filterName, { LogGroupName: logGroupName }, { call }) =>
    unlessGone(call('logs', 'DeleteMetricFilter', { logGroupName, filterName })),
};
