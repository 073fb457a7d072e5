import { collectBytes } from '../../../../core/bytes.js';
import { defined } from '../../../../core/defined.js';
import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../../core/resource-type.js';
import { flag, structure, text, textMap, texts } from '../../../../kit/properties.js';
import { escapePointer, listPatches, newTags, type Patch, patchOf, retag, tags, unlessGone } from '../../property.js';
import { badRequest, unsupported } from '../../refusal.js';

/** `AWS::ApiGateway::RestApi`: made of properties, of an OpenAPI body, or of both, the properties winning. */
export const restApi: ResourceType = {
  type: 'AWS::ApiGateway::RestApi',
  refuses: [{ path: 'CloneFrom', why: 'APIs are not cloned here; deploy the definition itself' }],
  newId: () => randomId.lower(10),
  create: async (id, properties, context) => {
    refuseUnsupported(properties);
    const body = await definition(properties, context);
    // An import brings the definition's title along; until then the API needs some name.
    const name = text(properties, 'Name') ?? (body === undefined ? undefined : context.logicalId);
    if (name === undefined) throw badRequest('Name cannot be empty');
    await context.call(
      'apigateway',
      'CreateRestApi',
      { ...settings(properties), name, tags: newTags(properties, context) },
      id,
    );
    if (body !== undefined) {
      await importBody(id, body, properties, context);
      await patch(id, ownPatches(properties), context);
    }
    return state(id, context);
  },
  update: async (id, properties, previous, context) => {
    refuseUnsupported(properties);
    const body = await definition(properties, context);
    if (body !== undefined) await importBody(id, body, properties, context);
    await patch(id, body === undefined ? changes(properties, previous) : ownPatches(properties), context);
    await retag(`restapis/${id}`, tags(properties, context.stackTags), tags(previous, {}), context);
    return state(id, context);
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteRestApi', { restApiId: id })),
};

async function state(id: string, context: ResourceContext): Promise<ResourceState> {
  const { rootResourceId } = await context.call('apigateway', 'GetRestApi', { restApiId: id });
  return { attributes: { RootResourceId: rootResourceId, RestApiId: id } };
}

/** Refuses properties that would change the API's answers and are not supported. */
function refuseUnsupported(properties: Properties): void {
  if (properties.CloneFrom !== undefined) throw unsupported('the property CloneFrom of AWS::ApiGateway::RestApi');
}

function settings(properties: Properties): Record<string, unknown> {
  const minimumCompressionSize = text(properties, 'MinimumCompressionSize');
  return {
    description: text(properties, 'Description'),
    version: text(properties, 'Version'),
    apiKeySource: text(properties, 'ApiKeySourceType'),
    endpointConfiguration: {
      types: endpointTypes(properties),
      ipAddressType: text(structure(properties, 'EndpointConfiguration') ?? {}, 'IpAddressType'),
      vpcEndpointIds: vpcEndpoints(properties),
    },
    policy: policyText(properties),
    binaryMediaTypes: texts(properties, 'BinaryMediaTypes'),
    ...(minimumCompressionSize !== undefined && { minimumCompressionSize: Number(minimumCompressionSize) }),
    disableExecuteApiEndpoint: flag(properties, 'DisableExecuteApiEndpoint'),
  };
}

function endpointTypes(properties: Properties): readonly string[] {
  const configuration = structure(properties, 'EndpointConfiguration');
  const types = configuration === undefined ? [] : texts(configuration, 'Types');
  const parameter = textMap(properties, 'Parameters').endpointConfigurationTypes;
  return types.length > 0 || parameter === undefined ? types : [parameter];
}

function vpcEndpoints(properties: Properties): readonly string[] {
  return texts(structure(properties, 'EndpointConfiguration') ?? {}, 'VpcEndpointIds');
}

/** A template gives the policy as an object or as JSON text. */
function policyText({ Policy }: Properties): string | undefined {
  if (Policy === undefined || Policy === null) return undefined;
  return typeof Policy === 'string' ? Policy : JSON.stringify(Policy);
}

/** The API's definition as bytes; undefined where the template has none. */
async function definition(properties: Properties, context: ResourceContext): Promise<Uint8Array | undefined> {
  const { Body } = properties;
  if (Body !== undefined && Body !== null)
    return new TextEncoder().encode(typeof Body === 'string' ? Body : JSON.stringify(Body));
  const location = structure(properties, 'BodyS3Location');
  if (location === undefined) return undefined;
  const version = text(location, 'Version');
  const { Body: object } = await context.call('s3', 'GetObject', {
    Bucket: text(location, 'Bucket'),
    Key: text(location, 'Key'),
    ...defined({ VersionId: version }),
  });
  const bytes = await collectBytes(object);
  if (bytes === undefined) throw badRequest('The object that BodyS3Location names has no body');
  return bytes;
}

async function importBody(
  id: string,
  body: Uint8Array,
  properties: Properties,
  context: ResourceContext,
): Promise<void> {
  const mode = text(properties, 'Mode')?.toLowerCase() ?? 'overwrite';
  await context.call('apigateway', 'PutRestApi', {
    restApiId: id,
    mode,
    failOnWarnings: flag(properties, 'FailOnWarnings') ?? false,
    parameters: textMap(properties, 'Parameters'),
    body,
  });
}

async function patch(id: string, patchOperations: readonly Patch[], context: ResourceContext): Promise<void> {
  if (patchOperations.length > 0) await context.call('apigateway', 'UpdateRestApi', { restApiId: id, patchOperations });
}

const SIMPLE = [
  ['/name', 'Name'],
  ['/description', 'Description'],
  ['/version', 'Version'],
  ['/apiKeySource', 'ApiKeySourceType'],
  ['/minimumCompressionSize', 'MinimumCompressionSize'],
  ['/disableExecuteApiEndpoint', 'DisableExecuteApiEndpoint'],
] as const;

/** Every property the template gives, over what an import just set. */
function ownPatches(properties: Properties): readonly Patch[] {
  return [
    ...SIMPLE.flatMap(([path, name]) => patchOf(path, text(properties, name), undefined)),
    ...policyPatches(properties, {}),
    ...binaryTypes(properties).map((type): Patch => ({ op: 'add', path: `/binaryMediaTypes/${escapePointer(type)}` })),
    ...endpointPatches(properties),
  ];
}

function changes(properties: Properties, previous: Properties): readonly Patch[] {
  const before = binaryTypes(previous);
  const after = binaryTypes(properties);
  return [
    ...SIMPLE.flatMap(([path, name]) => changedSetting(path, text(properties, name), text(previous, name))),
    ...policyPatches(properties, previous),
    ...listPatches('/endpointConfiguration/vpcEndpointIds', vpcEndpoints(properties), vpcEndpoints(previous)),
    ...before
      .filter((type) => !after.includes(type))
      .map((type): Patch => ({ op: 'remove', path: `/binaryMediaTypes/${escapePointer(type)}` })),
    ...after
      .filter((type) => !before.includes(type))
      .map((type): Patch => ({ op: 'add', path: `/binaryMediaTypes/${escapePointer(type)}` })),
    ...endpointPatches(properties),
  ];
}

/** The usual values, for settings that a template no longer gives. Settings that are not here are removed. */
const USUAL: Readonly<Record<string, string>> = {
  '/apiKeySource': 'HEADER',
  '/minimumCompressionSize': '',
  '/disableExecuteApiEndpoint': 'false',
};

function changedSetting(path: string, now: string | undefined, before: string | undefined): readonly Patch[] {
  return patchOf(path, now ?? (before === undefined ? undefined : USUAL[path]), before);
}

function policyPatches(properties: Properties, previous: Properties): readonly Patch[] {
  const now = policyText(properties);
  const before = policyText(previous);
  return now === before ? [] : [{ op: 'replace', path: '/policy', value: now ?? '' }];
}

function binaryTypes(properties: Properties): readonly string[] {
  return texts(properties, 'BinaryMediaTypes').map((type) => type.replaceAll('~1', '/'));
}

function endpointPatches(properties: Properties): readonly Patch[] {
  const [type] = endpointTypes(properties);
  return type === undefined ? [] : [{ op: 'replace', path: '/endpointConfiguration/types/0', value: type }];
}
