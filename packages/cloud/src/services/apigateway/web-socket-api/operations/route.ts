import type { Input } from '../../../../model/client-types.js';
import type { Authorization } from '../../../execute-api/index.js';
import { checkLength } from '../../http-api/limits.js';
import type { WebSocketApiRecord, WebSocketRouteRecord } from '../../records/web-socket-api.js';
import { badRequest, conflict } from '../../refusal.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateRoute'>, 'ApiId' | 'RouteId'>;

/** `route.request.querystring.room` */
const PARAMETER = /^route\.request\.(?:header|querystring)\.[^\s.]+$/;

function readRoute(
  input: Settings,
  id: string,
  api: WebSocketApiRecord,
  before: WebSocketRouteRecord | undefined,
  others: readonly WebSocketRouteRecord[],
): WebSocketRouteRecord {
  const routeKey = input.RouteKey ?? before?.routeKey ?? '';
  if (!/^(?:\$connect|\$disconnect|\$default|[^$\s].{0,127})$/.test(routeKey))
    throw badRequest(`Invalid route key specified: ${routeKey}`);
  if (others.some((other) => other.routeKey === routeKey))
    throw conflict(`Route with key ${routeKey} already exists for this API`);
  const { Target, RequestParameters, RequestModels } = input;
  const integrationId = Target === undefined ? before?.integrationId : Target.replace(/^integrations\//, '');
  if (Target !== undefined && !Object.hasOwn(api.integrations, integrationId ?? ''))
    throw badRequest(`Invalid target specified: ${Target}`);
  const wrong = Object.keys(RequestParameters ?? {}).find((name) => !PARAMETER.test(name));
  if (wrong !== undefined) throw badRequest(`Invalid request parameter specified: ${wrong}`);
  const operationName = input.OperationName ?? before?.operationName;
  checkLength('operationName', operationName);
  return {
    id,
    routeKey,
    integrationId,
    authorization: readAuthorization(input, routeKey, api, before),
    apiKeyRequired: input.ApiKeyRequired ?? before?.apiKeyRequired ?? false,
    operationName,
    requestParameters: RequestParameters
      ? Object.fromEntries(Object.entries(RequestParameters).map(([name, { Required = false }]) => [name, Required]))
      : (before?.requestParameters ?? {}),
    requestModels: RequestModels ?? before?.requestModels ?? {},
    modelSelectionExpression: input.ModelSelectionExpression ?? before?.modelSelectionExpression,
    routeResponseSelectionExpression:
      input.RouteResponseSelectionExpression ?? before?.routeResponseSelectionExpression,
    responses: before?.responses ?? {},
  };
}

function readAuthorization(
  { AuthorizationType: kind, AuthorizerId }: Settings,
  routeKey: string,
  api: WebSocketApiRecord,
  before: WebSocketRouteRecord | undefined,
): Authorization {
  if (kind === undefined && before) return before.authorization;
  if (kind === undefined || kind === 'NONE') return { kind: 'NONE' };
  if (routeKey !== '$connect') throw badRequest('Currently, authorization is restricted to the $connect route only');
  if (kind === 'AWS_IAM') return { kind };
  if (kind !== 'CUSTOM') throw badRequest(`Invalid authorization type specified: ${kind}`);
  const authorizer = AuthorizerId ?? '';
  if (!Object.hasOwn(api.authorizers, authorizer)) throw badRequest('Invalid authorizer specified');
  return { kind, authorizer };
}

/** Leaves out what is empty, as AWS does. */
const some = <T extends object>(members: T): T | undefined => (Object.keys(members).length > 0 ? members : undefined);

export const routeOperations = subResourceOperations<Settings, WebSocketRouteRecord>({
  name: 'Route',
  of: ({ routes }) => routes,
  with: (api, routes) => ({ ...api, routes }),
  read: readRoute,
  output: (route) => ({
    RouteId: route.id,
    RouteKey: route.routeKey,
    Target: route.integrationId === undefined ? undefined : `integrations/${route.integrationId}`,
    AuthorizationType: route.authorization.kind,
    AuthorizerId: 'authorizer' in route.authorization ? route.authorization.authorizer : undefined,
    ApiKeyRequired: route.apiKeyRequired,
    OperationName: route.operationName,
    RequestModels: some(route.requestModels),
    RequestParameters: some(
      Object.fromEntries(Object.entries(route.requestParameters).map(([name, Required]) => [name, { Required }])),
    ),
    ModelSelectionExpression: route.modelSelectionExpression,
    RouteResponseSelectionExpression: route.routeResponseSelectionExpression,
  }),
});
