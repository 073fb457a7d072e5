import type { Input } from '../../../../model/client-types.js';
import { httpOperation } from '../../api-operation.js';
import type { HttpApiRecord, HttpIntegrationRecord } from '../../records/http-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import { partsOf } from '../parts.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateIntegration'>, 'ApiId' | 'IntegrationId'>;

function readIntegration(
  input: Settings,
  id: string,
  _api: HttpApiRecord,
  before: HttpIntegrationRecord | undefined,
): HttpIntegrationRecord {
  const type = input.IntegrationType ?? (before && (before.type ?? 'AWS_PROXY'));
  if ((type !== 'AWS_PROXY' && type !== 'HTTP_PROXY') || input.IntegrationSubtype !== undefined)
    throw unsupported(`the integration type ${type ?? 'none'} of HTTP APIs`);
  const isHttp = type === 'HTTP_PROXY';
  const format = input.PayloadFormatVersion ?? (before && !isHttp ? '2.0' : '1.0');
  if (format !== (isHttp ? '1.0' : '2.0')) throw unsupported(`payload format version ${format} of HTTP APIs`);
  const { RequestParameters, ResponseParameters, CredentialsArn, ConnectionId, TlsConfig } = input;
  const others = { RequestParameters, ResponseParameters, CredentialsArn, ConnectionId, TlsConfig };
  for (const [member, value] of Object.entries(others)) {
    if (value !== undefined) throw unsupported(`${member} of the integrations of HTTP APIs`);
  }
  const uri = input.IntegrationUri ?? before?.uri ?? '';
  const known = isHttp ? /^https?:\/\/[^/\s]+/ : /^arn:aws[a-z-]*:(lambda|apigateway):/;
  if (!known.test(uri)) throw badRequest('Invalid integration URI specified');
  const timeoutInMillis = input.TimeoutInMillis ?? before?.timeoutInMillis ?? 30_000;
  if (timeoutInMillis < 50 || timeoutInMillis > 30_000)
    throw badRequest('Timeout should be between 50 ms and 30000 ms');
  const method = input.IntegrationMethod ?? before?.method;
  if (isHttp && method === undefined) throw badRequest('HttpMethod must be specified for HTTP integrations');
  return { id, type, method, uri, timeoutInMillis, description: input.Description ?? before?.description };
}

const integrations = partsOf({
  collection: 'integrations',
  name: 'Integration',
  of: (api) => api.integrations,
  read: readIntegration,
  output: ({ id, type = 'AWS_PROXY', method, uri, timeoutInMillis, description }) =>
    ({
      IntegrationId: id,
      IntegrationType: type,
      IntegrationMethod: type === 'AWS_PROXY' ? 'POST' : method,
      IntegrationUri: uri,
      ConnectionType: 'INTERNET',
      PayloadFormatVersion: type === 'AWS_PROXY' ? '2.0' : '1.0',
      TimeoutInMillis: timeoutInMillis,
      Description: description,
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
