import { defined } from '../../../../core/defined.js';
import type { Input } from '../../../../model/client-types.js';
import { INTEGRATION_TYPES } from '../../../execute-api/index.js';
import type { WebSocketApiRecord, WebSocketIntegrationRecord } from '../../records/web-socket-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateIntegration'>, 'ApiId' | 'IntegrationId'>;

/** Milliseconds ("Integration timeout" of the quotas of WebSocket APIs). */
const TIMEOUT = 29_000;
const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
const CONTENT_HANDLING = ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'] as const;

function readIntegration(
  input: Settings,
  id: string,
  _api: WebSocketApiRecord,
  before: WebSocketIntegrationRecord | undefined,
): WebSocketIntegrationRecord {
  for (const member of ['IntegrationSubtype', 'ResponseParameters'] as const)
    if (input[member] !== undefined) throw badRequest(`${member} is not supported for WEBSOCKET protocol type`);
  if (input.ConnectionType === 'VPC_LINK' || input.ConnectionId !== undefined)
    throw unsupported('VPC links of WebSocket APIs (ConnectionType)');
  const type = oneOf('integration type', INTEGRATION_TYPES, input.IntegrationType ?? before?.type);
  if (type === undefined) throw badRequest('Integration type must be specified');
  const timeoutInMillis = input.TimeoutInMillis ?? before?.timeoutInMillis ?? TIMEOUT;
  if (timeoutInMillis < 50 || timeoutInMillis > TIMEOUT)
    throw badRequest(`Timeout should be between 50 ms and ${TIMEOUT} ms`);
  const contentHandling = oneOf(
    'content handling strategy',
    CONTENT_HANDLING,
    input.ContentHandlingStrategy ?? before?.contentHandling,
  );
  const { TlsConfig } = input;
  if (TlsConfig?.ServerNameToVerify !== undefined) throw unsupported('TlsConfig.ServerNameToVerify of WebSocket APIs');
  const kept = {
    httpMethod: input.IntegrationMethod ?? before?.httpMethod ?? (type === 'AWS_PROXY' ? 'POST' : undefined),
    uri: checkedUri(type, input.IntegrationUri ?? before?.uri),
    credentials: input.CredentialsArn ?? before?.credentials,
    requestParameters: input.RequestParameters ?? before?.requestParameters,
    templateSelectionExpression: input.TemplateSelectionExpression ?? before?.templateSelectionExpression,
    description: input.Description ?? before?.description,
    contentHandling,
  };
  return {
    ...defined(kept),
    id,
    type,
    timeoutInMillis,
    passthroughBehavior:
      oneOf('passthrough behavior', PASSTHROUGH, input.PassthroughBehavior ?? before?.passthroughBehavior) ??
      'WHEN_NO_MATCH',
    requestTemplates: input.RequestTemplates ?? before?.requestTemplates ?? {},
    responses: before?.responses ?? {},
  };
}

function oneOf<T extends string>(what: string, known: readonly T[], value: string | undefined): T | undefined {
  const found = known.find((each) => each === value);
  if (value !== undefined && found === undefined) throw badRequest(`Invalid ${what} specified: ${value}`);
  return found;
}

function checkedUri(type: string, uri: string | undefined): string | undefined {
  if (type === 'MOCK') return undefined;
  const known = type.startsWith('HTTP') ? /^https?:\/\/[^/\s]+/ : /^arn:aws[a-z-]*:(?:lambda|apigateway):/;
  if (uri === undefined || !known.test(uri)) throw badRequest('Invalid integration URI specified');
  return uri;
}

/** The value that keys of integration responses are matched with; proxy integrations have none. */
function responseSelection({ type, uri = '' }: WebSocketIntegrationRecord): string | undefined {
  if (type === 'AWS_PROXY' || type === 'HTTP_PROXY') return undefined;
  const isFunction = /:lambda:path\//.test(uri);
  return isFunction ? '${integration.response.body.errorMessage}' : '${integration.response.statuscode}';
}

export const integrationOperations = subResourceOperations<Settings, WebSocketIntegrationRecord>({
  name: 'Integration',
  of: ({ integrations }) => integrations,
  with: (api, integrations) => ({ ...api, integrations }),
  read: readIntegration,
  output: (integration) => ({
    IntegrationId: integration.id,
    IntegrationType: integration.type,
    IntegrationMethod: integration.httpMethod,
    IntegrationUri: integration.uri,
    CredentialsArn: integration.credentials,
    ConnectionType: 'INTERNET',
    ContentHandlingStrategy: integration.contentHandling,
    PassthroughBehavior: integration.passthroughBehavior,
    PayloadFormatVersion: '1.0',
    RequestParameters: integration.requestParameters,
    RequestTemplates: integration.requestTemplates,
    TemplateSelectionExpression: integration.templateSelectionExpression,
    IntegrationResponseSelectionExpression: responseSelection(integration),
    TimeoutInMillis: integration.timeoutInMillis,
    Description: integration.description,
  }),
  inUse: ({ routes }, { id }) => {
    const route = Object.values(routes).find(({ integrationId }) => integrationId === id);
    return route && `Cannot delete Integration '${id}', is referenced by Route '${route.routeKey}'`;
  },
});
