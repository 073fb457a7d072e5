import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText, structure, structures, text } from '../../../../kit/properties.js';
import { listPatches, newTags, type Patch, patchOf, unlessGone } from '../../property.js';
import { unsupported } from '../../refusal.js';

/** `AWS::ApiGateway::UsagePlan` */
export const usagePlan: ResourceType = {
  type: 'AWS::ApiGateway::UsagePlan',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const throttle = structure(properties, 'Throttle');
    const quota = structure(properties, 'Quota');
    const input = {
      name: text(properties, 'UsagePlanName') ?? `${context.stackName}-${context.logicalId}`,
      description: text(properties, 'Description'),
      apiStages: stages(properties),
      ...(throttle && {
        throttle: { rateLimit: text(throttle, 'RateLimit'), burstLimit: text(throttle, 'BurstLimit') },
      }),
      ...(quota && {
        quota: { limit: text(quota, 'Limit'), period: text(quota, 'Period'), offset: text(quota, 'Offset') },
      }),
      tags: newTags(properties, context),
    };
    await context.call('apigateway', 'CreateUsagePlan', input, id);
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    const before = stages(previous).map(({ apiId, stage }) => `${apiId}:${stage}`);
    const after = stages(properties).map(({ apiId, stage }) => `${apiId}:${stage}`);
    const patchOperations: readonly Patch[] = [
      ...patchOf('/name', text(properties, 'UsagePlanName'), text(previous, 'UsagePlanName')),
      ...patchOf('/description', text(properties, 'Description') ?? '', text(previous, 'Description') ?? ''),
      ...listPatches('/apiStages', after, before),
      ...limits('/throttle', structure(properties, 'Throttle'), structure(previous, 'Throttle'), [
        'RateLimit',
        'BurstLimit',
      ]),
      ...limits('/quota', structure(properties, 'Quota'), structure(previous, 'Quota'), ['Limit', 'Period']),
    ];
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateUsagePlan', { usagePlanId: id, patchOperations });
    return { attributes: { Id: id } };
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteUsagePlan', { usagePlanId: id })),
};

function stages(properties: Properties) {
  return structures(properties, 'ApiStages').map((stage) => {
    if (Object.keys(structure(stage, 'Throttle') ?? {}).length > 0)
      throw unsupported('the property ApiStages.Throttle of AWS::ApiGateway::UsagePlan');
    return { apiId: neededText(stage, 'ApiId'), stage: neededText(stage, 'Stage') };
  });
}

function limits(
  path: string,
  after: Properties | undefined,
  before: Properties | undefined,
  names: readonly string[],
): readonly Patch[] {
  if (after === undefined) return before === undefined ? [] : [{ op: 'remove', path }];
  return names.flatMap((name) => {
    const value = text(after, name);
    return value === undefined
      ? []
      : patchOf(`${path}/${name.charAt(0).toLowerCase()}${name.slice(1)}`, value, before && text(before, name));
  });
}
