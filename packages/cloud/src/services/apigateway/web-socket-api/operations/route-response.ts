import type { Input } from '../../../../model/client-types.js';
import type { RouteResponseRecord, WebSocketApiRecord, WebSocketRouteRecord } from '../../records/web-socket-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateRouteResponse'>, 'ApiId' | 'RouteId' | 'RouteResponseId'>;

function routeOf({ routes }: WebSocketApiRecord, id: string): WebSocketRouteRecord {
  const route = Object.hasOwn(routes, id) ? routes[id] : undefined;
  if (route === undefined) throw notFound('Invalid Route identifier specified');
  return route;
}

function readResponse(
  input: Settings,
  id: string,
  _api: WebSocketApiRecord,
  before: RouteResponseRecord | undefined,
  others: readonly RouteResponseRecord[],
): RouteResponseRecord {
  const routeResponseKey = input.RouteResponseKey ?? before?.routeResponseKey ?? '';
  // "You can only define the $default route response for WebSocket APIs."
  if (routeResponseKey !== '$default') throw badRequest(`Invalid route response key specified: ${routeResponseKey}`);
  if (others.length > 0) throw conflict(`Route response with key ${routeResponseKey} already exists for this route`);
  const { ResponseParameters } = input;
  return {
    id,
    routeResponseKey,
    modelSelectionExpression: input.ModelSelectionExpression ?? before?.modelSelectionExpression,
    responseModels: input.ResponseModels ?? before?.responseModels,
    responseParameters: ResponseParameters
      ? Object.fromEntries(Object.entries(ResponseParameters).map(([name, { Required = false }]) => [name, Required]))
      : before?.responseParameters,
  };
}

export const routeResponseOperations = subResourceOperations<Settings, RouteResponseRecord>({
  name: 'RouteResponse',
  owner: 'Route',
  of: (api, owner) => routeOf(api, owner).responses,
  with: (api, responses, owner) => ({
    ...api,
    routes: { ...api.routes, [owner]: { ...routeOf(api, owner), responses } },
  }),
  read: readResponse,
  output: ({ id, routeResponseKey, modelSelectionExpression, responseModels, responseParameters }) => ({
    RouteResponseId: id,
    RouteResponseKey: routeResponseKey,
    ModelSelectionExpression: modelSelectionExpression,
    ResponseModels: responseModels,
    ResponseParameters:
      responseParameters &&
      Object.fromEntries(Object.entries(responseParameters).map(([name, Required]) => [name, { Required }])),
  }),
});
