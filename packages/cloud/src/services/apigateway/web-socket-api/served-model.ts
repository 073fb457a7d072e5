import type { WebSocketModel } from '../../execute-api/index.js';
import type { WebSocketApiRecord } from '../records/web-socket-api.js';

/** The model that a stage of a WebSocket API serves. */
export function servedModel(api: WebSocketApiRecord): WebSocketModel {
  return {
    protocol: 'WEBSOCKET',
    name: api.name,
    routeSelectionExpression: api.routeSelectionExpression,
    apiKeySelectionExpression: api.apiKeySelectionExpression,
    routes: Object.values(api.routes).map(({ integrationId = '', responses, ...route }) => ({
      routeKey: route.routeKey,
      authorization: route.authorization,
      apiKeyRequired: route.apiKeyRequired,
      requestParameters: route.requestParameters,
      modelSelectionExpression: route.modelSelectionExpression,
      requestModels: route.requestModels,
      responds: Object.keys(responses).length > 0,
      integration: integrationOf(api, integrationId),
    })),
    authorizers: Object.fromEntries(Object.entries(api.authorizers).map(([id, { definition }]) => [id, definition])),
    models: Object.fromEntries(
      Object.values(api.models).map(({ name, contentType, schema }) => [name, { contentType, schema }]),
    ),
  };
}

function integrationOf(
  { integrations }: WebSocketApiRecord,
  id: string,
): WebSocketModel['routes'][number]['integration'] {
  const record = Object.hasOwn(integrations, id) ? integrations[id] : undefined;
  if (record === undefined) return undefined;
  const { id: _, description: __, responses, ...integration } = record;
  return {
    ...integration,
    responses: Object.values(responses).map((response) => ({
      key: response.integrationResponseKey,
      templateSelectionExpression: response.templateSelectionExpression,
      templates: response.responseTemplates,
      parameters: response.responseParameters,
    })),
  };
}
