import type { Properties, ResourceContext, ResourceType } from '../../../../core/resource-type.js';
import { flag, neededText, structure, structures, text, textMap } from '../../../../kit/properties.js';
import { escapePointer, newTags, type Patch, patchOf, retag, tags, unlessGone } from '../../property.js';
import { canaryPatches, canarySettings } from './canary.js';

/** `AWS::ApiGateway::Stage` */
export const stage: ResourceType = {
  type: 'AWS::ApiGateway::Stage',
  nameProperty: 'StageName',
  create: async (id, properties, context) => {
    const restApiId = neededText(properties, 'RestApiId');
    const deploymentId = neededText(properties, 'DeploymentId');
    const input = {
      restApiId,
      stageName: id,
      deploymentId,
      description: text(properties, 'Description'),
      variables: textMap(properties, 'Variables'),
      tracingEnabled: flag(properties, 'TracingEnabled') ?? false,
      canarySettings: canarySettings(structure(properties, 'CanarySetting')),
      cacheClusterEnabled: flag(properties, 'CacheClusterEnabled'),
      cacheClusterSize: text(properties, 'CacheClusterSize'),
      documentationVersion: text(properties, 'DocumentationVersion'),
      tags: newTags(properties, context),
    };
    try {
      await context.call('apigateway', 'CreateStage', input);
    } catch (error) {
      // After a crash the stage may be there already, made for this very resource.
      const existing = await context
        .call('apigateway', 'GetStage', { restApiId, stageName: id })
        .catch(() => undefined);
      if (existing?.deploymentId !== deploymentId) throw error;
    }
    const certificate = patchOf('/clientCertificateId', text(properties, 'ClientCertificateId'), undefined);
    await patch(restApiId, id, [...certificate, ...settingPatches(properties, {})], context);
    return {};
  },
  update: async (id, properties, previous, context) => {
    const patches = [
      ...patchOf('/deploymentId', neededText(properties, 'DeploymentId'), text(previous, 'DeploymentId')),
      ...patchOf('/description', text(properties, 'Description'), text(previous, 'Description')),
      ...patchOf(
        '/tracingEnabled',
        String(flag(properties, 'TracingEnabled') ?? false),
        String(flag(previous, 'TracingEnabled') ?? false),
      ),
      ...patchOf(
        '/documentationVersion',
        text(properties, 'DocumentationVersion'),
        text(previous, 'DocumentationVersion'),
      ),
      ...SIMPLE.flatMap(([path, name]) => patchOf(path, text(properties, name), text(previous, name))),
      ...canaryPatches(structure(properties, 'CanarySetting'), structure(previous, 'CanarySetting')),
      ...variablePatches(properties, previous),
      ...settingPatches(properties, previous),
    ];
    const restApiId = neededText(properties, 'RestApiId');
    await patch(restApiId, id, patches, context);
    await retag(`restapis/${restApiId}/stages/${id}`, tags(properties, context.stackTags), tags(previous, {}), context);
    return {};
  },
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteStage', { restApiId: neededText(properties, 'RestApiId'), stageName: id }),
    ),
};

const SIMPLE = [
  ['/cacheClusterEnabled', 'CacheClusterEnabled'],
  ['/cacheClusterSize', 'CacheClusterSize'],
  ['/clientCertificateId', 'ClientCertificateId'],
] as const;

async function patch(
  restApiId: string,
  stageName: string,
  patchOperations: readonly Patch[],
  context: ResourceContext,
): Promise<void> {
  if (patchOperations.length > 0)
    await context.call('apigateway', 'UpdateStage', { restApiId, stageName, patchOperations });
}

function variablePatches(properties: Properties, previous: Properties): readonly Patch[] {
  const before = textMap(previous, 'Variables');
  const after = textMap(properties, 'Variables');
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    patchOf(`/variables/${name}`, after[name], before[name]),
  );
}

const SETTINGS = [
  ['MetricsEnabled', 'metrics/enabled'],
  ['LoggingLevel', 'logging/loglevel'],
  ['DataTraceEnabled', 'logging/dataTrace'],
  ['ThrottlingRateLimit', 'throttling/rateLimit'],
  ['ThrottlingBurstLimit', 'throttling/burstLimit'],
  ['CachingEnabled', 'caching/enabled'],
  ['CacheTtlInSeconds', 'caching/ttlInSeconds'],
  ['CacheDataEncrypted', 'caching/dataEncrypted'],
] as const;

function settingPatches(properties: Properties, previous: Properties): readonly Patch[] {
  const patches: Patch[] = [];
  const kept = new Set(structures(properties, 'MethodSettings').map(settingPath));
  for (const setting of structures(previous, 'MethodSettings')) {
    const path = settingPath(setting);
    if (!kept.has(path)) patches.push({ op: 'remove', path });
  }
  for (const setting of structures(properties, 'MethodSettings')) {
    for (const [name, suffix] of SETTINGS) {
      const value = text(setting, name);
      if (value !== undefined) patches.push({ op: 'replace', path: `${settingPath(setting)}/${suffix}`, value });
    }
  }
  const log = structure(properties, 'AccessLogSetting');
  if (log) {
    patches.push(...patchOf('/accessLogSettings/destinationArn', text(log, 'DestinationArn'), undefined));
    patches.push(...patchOf('/accessLogSettings/format', text(log, 'Format'), undefined));
  } else if (structure(previous, 'AccessLogSetting')) patches.push({ op: 'remove', path: '/accessLogSettings' });
  return patches;
}

function settingPath(setting: Properties): string {
  // A template writes `/users/~1{id}` or `/users/{id}`: slashes within the path are escaped once.
  const resource = (text(setting, 'ResourcePath') ?? '/*').replaceAll('~1', '/');
  const path = resource === '/*' ? '*' : escapePointer(resource);
  return `/${path}/${text(setting, 'HttpMethod') ?? '*'}`;
}
