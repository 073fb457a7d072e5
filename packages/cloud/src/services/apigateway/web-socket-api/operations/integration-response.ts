import type { Input } from '../../../../model/client-types.js';
import type {
  IntegrationResponseRecord,
  WebSocketApiRecord,
  WebSocketIntegrationRecord,
} from '../../records/web-socket-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<
  Input<'apigatewayv2', 'UpdateIntegrationResponse'>,
  'ApiId' | 'IntegrationId' | 'IntegrationResponseId'
>;

function integrationOf({ integrations }: WebSocketApiRecord, id: string): WebSocketIntegrationRecord {
  const integration = Object.hasOwn(integrations, id) ? integrations[id] : undefined;
  if (integration === undefined) throw notFound('Invalid Integration identifier specified');
  return integration;
}

function readResponse(
  input: Settings,
  id: string,
  _api: WebSocketApiRecord,
  before: IntegrationResponseRecord | undefined,
  others: readonly IntegrationResponseRecord[],
): IntegrationResponseRecord {
  const key = input.IntegrationResponseKey ?? before?.integrationResponseKey ?? '';
  if (key !== '$default' && !isPattern(key)) throw badRequest(`Invalid integration response key specified: ${key}`);
  if (others.some(({ integrationResponseKey }) => integrationResponseKey === key))
    throw conflict(`Integration response with key ${key} already exists for this integration`);
  const handling = input.ContentHandlingStrategy ?? before?.contentHandling;
  if (handling !== undefined && handling !== 'CONVERT_TO_TEXT' && handling !== 'CONVERT_TO_BINARY')
    throw badRequest(`Invalid content handling strategy specified: ${handling}`);
  return {
    id,
    integrationResponseKey: key,
    templateSelectionExpression: input.TemplateSelectionExpression ?? before?.templateSelectionExpression,
    responseTemplates: input.ResponseTemplates ?? before?.responseTemplates ?? {},
    responseParameters: input.ResponseParameters ?? before?.responseParameters ?? {},
    contentHandling: handling,
  };
}

/** "It should follow the format of `/expression/`" (developer guide, "Set up a WebSocket API integration response"). */
function isPattern(key: string): boolean {
  const pattern = /^\/(.+)\/$/s.exec(key)?.[1];
  if (pattern === undefined) return false;
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}

export const integrationResponseOperations = subResourceOperations<Settings, IntegrationResponseRecord>({
  name: 'IntegrationResponse',
  owner: 'Integration',
  of: (api, owner) => integrationOf(api, owner).responses,
  with: (api, responses, owner) => ({
    ...api,
    integrations: { ...api.integrations, [owner]: { ...integrationOf(api, owner), responses } },
  }),
  read: readResponse,
  output: (response) => ({
    IntegrationResponseId: response.id,
    IntegrationResponseKey: response.integrationResponseKey,
    TemplateSelectionExpression: response.templateSelectionExpression,
    ResponseTemplates: response.responseTemplates,
    ResponseParameters: response.responseParameters,
    ContentHandlingStrategy: response.contentHandling,
  }),
});
