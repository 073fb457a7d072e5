import type { Input } from '../../../../model/client-types.js';
import { type Authorization, checkPaths, HTTP_PATHS } from '../../../execute-api/index.js';
import { httpOperation } from '../../api-operation.js';
import type { HttpApiRecord, HttpRouteRecord } from '../../records/http-api.js';
import { badRequest, conflict, unsupported } from '../../refusal.js';
import { checkCount, checkLength } from '../limits.js';
import { subResourcesOf } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateRoute'>, 'ApiId' | 'RouteId'>;

const ROUTE_KEY = /^(?:\$default|(?:GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|ANY) \/\S*)$/;

function readRoute(
  input: Settings,
  id: string,
  api: HttpApiRecord,
  before: HttpRouteRecord | undefined,
): HttpRouteRecord {
  const { RequestModels, RequestParameters, ModelSelectionExpression, Target } = input;
  for (const [member, value] of Object.entries({ RequestModels, RequestParameters, ModelSelectionExpression })) {
    if (value !== undefined) throw unsupported(`${member} of routes, which are for WebSocket APIs`);
  }
  const routeKey = input.RouteKey ?? before?.routeKey ?? '';
  if (!ROUTE_KEY.test(routeKey)) {
    throw badRequest(
      `Route key must be formatted as either the string literal "$default" or a string with pattern "METHOD /path": ${routeKey}`,
    );
  }
  if (routeKey !== '$default') checkPaths([routeKey.slice(routeKey.indexOf(' ') + 1)], HTTP_PATHS);
  if (Object.values(api.routes).some((other) => other.id !== id && other.routeKey === routeKey)) {
    throw conflict(`Route with key ${routeKey} already exists for this API`);
  }
  const integrationId = Target === undefined ? before?.integrationId : Target.replace(/^integrations\//, '');
  if (Target !== undefined && !api.integrations[integrationId ?? ''])
    throw badRequest(`Invalid target specified: ${Target}`);
  const operationName = input.OperationName ?? before?.operationName;
  checkLength('operationName', operationName);
  return { id, routeKey, authorization: readAuthorization(input, api, before), integrationId, operationName };
}

function readAuthorization(input: Settings, api: HttpApiRecord, before: HttpRouteRecord | undefined): Authorization {
  const { AuthorizationType: kind, AuthorizerId: authorizer = '', AuthorizationScopes: scopes = [] } = input;
  if (kind === undefined && before) return before.authorization;
  if (kind === undefined || kind === 'NONE') return { kind: 'NONE' };
  if (kind === 'AWS_IAM') return { kind };
  if (!api.authorizers[authorizer]) throw badRequest('Invalid authorizer specified');
  if (kind === 'CUSTOM') return { kind, authorizer };
  if (kind === 'JWT') {
    checkCount('authorizationScopes', scopes);
    return { kind, authorizer, scopes };
  }
  throw badRequest(`Invalid authorization type specified: ${kind}`);
}

const routes = subResourcesOf({
  collection: 'routes',
  name: 'Route',
  of: (api) => api.routes,
  read: readRoute,
  output: ({ id, routeKey, integrationId, authorization, operationName }) => ({
    RouteId: id,
    RouteKey: routeKey,
    Target: integrationId === undefined ? undefined : `integrations/${integrationId}`,
    AuthorizationType: authorization.kind === 'COGNITO_USER_POOLS' ? undefined : authorization.kind,
    AuthorizerId: 'authorizer' in authorization ? authorization.authorizer : undefined,
    AuthorizationScopes: 'scopes' in authorization ? authorization.scopes : undefined,
    ApiKeyRequired: false,
    OperationName: operationName,
  }),
});

export const createRoute = httpOperation({
  name: 'CreateRoute',
  handle: ({ ApiId, ...input }, call, store) => routes.create(ApiId, input, call, store),
});

export const getRoute = httpOperation({
  name: 'GetRoute',
  handle: ({ ApiId, RouteId }, call, store) => routes.get(ApiId, RouteId, call, store),
});

export const getRoutes = httpOperation({
  name: 'GetRoutes',
  handle: ({ ApiId, ...page }, call, store) => routes.list(ApiId, page, call, store),
});

export const updateRoute = httpOperation({
  name: 'UpdateRoute',
  handle: ({ ApiId, RouteId, ...input }, call, store) => routes.update(ApiId, RouteId, input, call, store),
});

export const deleteRoute = httpOperation({
  name: 'DeleteRoute',
  handle: ({ ApiId, RouteId }, call, store) => routes.remove(ApiId, RouteId, call, store),
});
