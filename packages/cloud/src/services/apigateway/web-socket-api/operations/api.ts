import { defined } from '../../../../core/defined.js';
import type { Scope } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import type { Input } from '../../../../model/client-types.js';
import { httpOperation } from '../../api-operation.js';
import { checkLength } from '../../http-api/limits.js';
import type { WebSocketApiRecord } from '../../records/web-socket-api.js';
import { badRequest } from '../../refusal.js';
import * as find from '../find.js';
import { webSocketApiOutput } from '../output.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateApi'>, 'ApiId'>;

const API_KEY = '$request.header.x-api-key';

/** The settings that CreateApi and UpdateApi both take; those that are not given are left out. */
function readSettings(input: Settings) {
  const { Name, Description, Version, RouteSelectionExpression, ApiKeySelectionExpression } = input;
  for (const member of ['CorsConfiguration', 'Target', 'RouteKey', 'CredentialsArn'] as const)
    if (input[member] !== undefined) throw badRequest(`${member} is not supported for WEBSOCKET protocol type`);
  checkLength('name', Name);
  checkLength('description', Description);
  checkLength('version', Version);
  if (RouteSelectionExpression !== undefined && !/\$\{?request\.body\.[A-Za-z0-9_.]+/.test(RouteSelectionExpression))
    throw badRequest(`Invalid route selection expression specified: ${RouteSelectionExpression}`);
  if (
    ApiKeySelectionExpression !== undefined &&
    ![API_KEY, '$context.authorizer.usageIdentifierKey'].includes(ApiKeySelectionExpression)
  )
    throw badRequest(`Invalid API key selection expression specified: ${ApiKeySelectionExpression}`);
  const { DisableExecuteApiEndpoint, DisableSchemaValidation } = input;
  return {
    ...defined({
      name: Name,
      description: Description,
      version: Version,
      routeSelectionExpression: RouteSelectionExpression,
      apiKeySelectionExpression: ApiKeySelectionExpression,
      disableExecuteApiEndpoint: DisableExecuteApiEndpoint,
      disableSchemaValidation: DisableSchemaValidation,
    }),
  };
}

function newApi(input: Input<'apigatewayv2', 'CreateApi'>, id: string, created: number): WebSocketApiRecord {
  const { routeSelectionExpression, ...settings } = readSettings(input);
  if (routeSelectionExpression === undefined)
    throw badRequest('Route selection expression must be specified for WEBSOCKET protocol type');
  return {
    disableExecuteApiEndpoint: false,
    apiKeySelectionExpression: API_KEY,
    ...settings,
    id,
    name: input.Name ?? '',
    routeSelectionExpression,
    tags: input.Tags ?? {},
    created,
    routes: {},
    integrations: {},
    authorizers: {},
    models: {},
  };
}

export const createApi = httpOperation({
  name: 'CreateApi',
  handle: (input, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const existing = await store.get(call, 'webSocketApi', id);
      if (existing) return webSocketApiOutput(existing, call);
      const api = newApi(input, id, store.now());
      await store.put(call, 'webSocketApi', id, api);
      return webSocketApiOutput(api, call);
    }),
});

export const getApi = httpOperation({
  name: 'GetApi',
  handle: async ({ ApiId }, call, store) => webSocketApiOutput(await api(ApiId, call, store), call),
});

const api = (id: string | undefined, scope: Scope, store: Parameters<typeof find.webSocketApi>[0]) =>
  find.webSocketApi(store, scope, id ?? '');

export const updateApi = httpOperation({
  name: 'UpdateApi',
  handle: ({ ApiId, ...input }, call, store) =>
    store.change(async () => {
      const changed = { ...(await api(ApiId, call, store)), ...readSettings(input) };
      await store.put(call, 'webSocketApi', changed.id, changed);
      return webSocketApiOutput(changed, call);
    }),
});

export const deleteApi = httpOperation({
  name: 'DeleteApi',
  handle: ({ ApiId }, call, store) =>
    store.change(async () => {
      const { id } = await api(ApiId, call, store);
      await store.removeApi(call, id);
    }),
});
