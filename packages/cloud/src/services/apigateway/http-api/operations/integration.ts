import type { Input } from '../../../../model/client-types.js';
import { isMappingKey, subtypeParameters } from '../../../execute-api/index.js';
import { httpOperation } from '../../api-operation.js';
import type { HttpApiRecord, HttpIntegrationRecord } from '../../records/http-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import { subResourcesOf } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateIntegration'>, 'ApiId' | 'IntegrationId'>;

type Kind = NonNullable<HttpIntegrationRecord['type']>;

/** A service is called by AWS_PROXY too, which a subtype tells from a function. */
function kindOf(input: Settings, before: HttpIntegrationRecord | undefined): Kind {
  const type =
    input.IntegrationType ?? (before && (before.type === 'AWS' ? 'AWS_PROXY' : (before.type ?? 'AWS_PROXY')));
  if (type === 'HTTP_PROXY') return type;
  if (type !== 'AWS_PROXY') throw unsupported(`the integration type ${type ?? 'none'} of HTTP APIs`);
  return (input.IntegrationSubtype ?? before?.subtype) === undefined ? type : 'AWS';
}

function readIntegration(
  input: Settings,
  id: string,
  _api: HttpApiRecord,
  before: HttpIntegrationRecord | undefined,
): HttpIntegrationRecord {
  const type = kindOf(input, before);
  const format = input.PayloadFormatVersion ?? (before && type === 'AWS_PROXY' ? '2.0' : '1.0');
  if (format !== (type === 'AWS_PROXY' ? '2.0' : '1.0'))
    throw unsupported(`payload format version ${format} of HTTP APIs`);
  const timeoutInMillis = input.TimeoutInMillis ?? before?.timeoutInMillis ?? 30_000;
  if (timeoutInMillis < 50 || timeoutInMillis > 30_000)
    throw badRequest('Timeout should be between 50 ms and 30000 ms');
  const connectionType = input.ConnectionType ?? before?.connectionType;
  return {
    id,
    type,
    timeoutInMillis,
    ...readTarget(type, input, before),
    description: input.Description ?? before?.description,
    requestParameters: readParameters(type, input, before),
    responseMappings: readResponseMappings(input.ResponseParameters) ?? before?.responseMappings,
    credentials: input.CredentialsArn ?? before?.credentials,
    connectionType,
    connectionId: input.ConnectionId ?? before?.connectionId,
    serverNameToVerify: input.TlsConfig?.ServerNameToVerify ?? before?.serverNameToVerify,
  };
}

function readTarget(
  type: Kind,
  input: Settings,
  before: HttpIntegrationRecord | undefined,
): Pick<HttpIntegrationRecord, 'method' | 'subtype' | 'uri'> {
  const method = input.IntegrationMethod ?? before?.method;
  const uri = input.IntegrationUri ?? before?.uri ?? '';
  if (type === 'AWS') {
    const subtype = input.IntegrationSubtype ?? before?.subtype ?? '';
    if (subtypeParameters(subtype) === undefined) throw unsupported(`the integration subtype ${subtype} of HTTP APIs`);
    return { subtype, uri: '' };
  }
  if (type === 'AWS_PROXY') {
    if (!/^arn:aws[a-z-]*:(lambda|apigateway):/.test(uri)) throw badRequest('Invalid integration URI specified');
    return { method, uri };
  }
  // A private integration names a listener or a service of the network.
  const isPrivate = (input.ConnectionType ?? before?.connectionType) === 'VPC_LINK';
  const known = isPrivate ? /^arn:|^https?:\/\// : /^https?:\/\/[^/\s]+/;
  if (!known.test(uri)) throw badRequest('Invalid integration URI specified');
  if (method === undefined) throw badRequest('HttpMethod must be specified for HTTP integrations');
  return { method, uri };
}

type Texts = Readonly<Record<string, string>>;

function readParameters(type: Kind, input: Settings, before: HttpIntegrationRecord | undefined): Texts | undefined {
  const changed = input.RequestParameters;
  // An update leaves out what is set to nothing.
  const merged = changed && Object.entries({ ...before?.requestParameters, ...changed });
  const parameters = merged
    ? Object.fromEntries(merged.filter(([, value]) => value !== ''))
    : before?.requestParameters;
  if (type === 'AWS') {
    const { needs = [], may = [] } = subtypeParameters(input.IntegrationSubtype ?? before?.subtype ?? '') ?? {};
    checkSubtype(parameters ?? {}, needs, may);
    return parameters;
  }
  for (const key of Object.keys(parameters ?? {})) {
    if (!isMappingKey(key, 'request')) throw badRequest(`Invalid mapping expression specified: ${key}`);
  }
  return parameters;
}

function checkSubtype(parameters: Texts, needs: readonly string[], may: readonly string[]): void {
  const missing = needs.filter((name) => parameters[name] === undefined);
  if (missing.length > 0)
    throw badRequest(`Parameter: ${missing[0]} is required for this integration subtype, and is not given`);
  const unknown = Object.keys(parameters).filter((name) => !needs.includes(name) && !may.includes(name));
  if (unknown.length > 0) throw badRequest(`Parameter: ${unknown[0]} does not fit schema`);
}

function readResponseMappings(
  given: Settings['ResponseParameters'],
): HttpIntegrationRecord['responseMappings'] | undefined {
  if (given === undefined) return undefined;
  for (const [status, mapping] of Object.entries(given)) {
    if (!/^[2-5]\d\d$/.test(status)) throw badRequest(`Invalid status code specified: ${status}`);
    for (const key of Object.keys(mapping)) {
      if (!isMappingKey(key, 'response')) throw badRequest(`Invalid mapping expression specified: ${key}`);
    }
  }
  return given;
}

const integrations = subResourcesOf({
  collection: 'integrations',
  name: 'Integration',
  of: (api) => api.integrations,
  read: readIntegration,
  output: ({ type = 'AWS_PROXY', ...integration }) =>
    ({
      IntegrationId: integration.id,
      IntegrationType: type === 'AWS' ? 'AWS_PROXY' : type,
      IntegrationSubtype: integration.subtype,
      IntegrationMethod: type === 'AWS_PROXY' ? 'POST' : integration.method,
      IntegrationUri: integration.uri || undefined,
      ConnectionType: integration.connectionType ?? 'INTERNET',
      ConnectionId: integration.connectionId,
      CredentialsArn: integration.credentials,
      PayloadFormatVersion: type === 'AWS_PROXY' ? '2.0' : '1.0',
      RequestParameters: integration.requestParameters,
      ResponseParameters: integration.responseMappings,
      TimeoutInMillis: integration.timeoutInMillis,
      Description: integration.description,
      TlsConfig:
        integration.serverNameToVerify === undefined
          ? undefined
          : { ServerNameToVerify: integration.serverNameToVerify },
    }) as const,
  inUse: (api, id) => {
    const route = Object.values(api.routes).find(({ integrationId }) => integrationId === id);
    return route && `Cannot delete Integration '${id}', is referenced by Route '${route.routeKey}'`;
  },
});

export const createIntegration = httpOperation({
  name: 'CreateIntegration',
  handle: ({ ApiId, ...input }, call, store) => integrations.create(ApiId, input, call, store),
});

export const getIntegration = httpOperation({
  name: 'GetIntegration',
  handle: ({ ApiId, IntegrationId }, call, store) => integrations.get(ApiId, IntegrationId, call, store),
});

export const getIntegrations = httpOperation({
  name: 'GetIntegrations',
  handle: ({ ApiId, ...page }, call, store) => integrations.list(ApiId, page, call, store),
});

export const updateIntegration = httpOperation({
  name: 'UpdateIntegration',
  handle: ({ ApiId, IntegrationId, ...input }, call, store) =>
    integrations.update(ApiId, IntegrationId, input, call, store),
});

export const deleteIntegration = httpOperation({
  name: 'DeleteIntegration',
  handle: ({ ApiId, IntegrationId }, call, store) => integrations.remove(ApiId, IntegrationId, call, store),
});
