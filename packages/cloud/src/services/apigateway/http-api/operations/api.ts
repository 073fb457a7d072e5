import { defined } from '../../../../core/defined.js';
import type { Scope } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import type { Input } from '../../../../model/client-types.js';
import type { CorsConfiguration } from '../../../execute-api/index.js';
import { httpOperation } from '../../api-operation.js';
import { httpPage } from '../../page.js';
import type { HttpApiRecord } from '../../records/http-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import { wholeSeconds } from '../../time.js';
import { webSocketApiOutput } from '../../web-socket-api/output.js';
import * as find from '../find.js';
import { checkLength, checkRange } from '../limits.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateApi'>, 'ApiId'>;

function apiOutput(api: HttpApiRecord, { region }: Scope) {
  return {
    ApiId: api.id,
    ApiEndpoint: `https://${api.id}.execute-api.${region}.amazonaws.com`,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    RouteSelectionExpression: '$request.method $request.path',
    ProtocolType: 'HTTP',
    IpAddressType: 'ipv4',
    Name: api.name,
    Description: api.description,
    Version: api.version,
    Tags: api.tags,
    CorsConfiguration: api.cors && {
      AllowOrigins: api.cors.allowOrigins,
      AllowMethods: api.cors.allowMethods,
      AllowHeaders: api.cors.allowHeaders,
      ExposeHeaders: api.cors.exposeHeaders,
      AllowCredentials: api.cors.allowCredentials,
      MaxAge: api.cors.maxAge,
    },
    DisableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    CreatedDate: wholeSeconds(api.created),
  } as const;
}

function readCors(cors: Settings['CorsConfiguration']): CorsConfiguration | undefined {
  if (cors === undefined) return undefined;
  const {
    AllowOrigins = [],
    AllowMethods = [],
    AllowHeaders = [],
    ExposeHeaders = [],
    AllowCredentials = false,
  } = cors;
  checkRange('maxAge', cors.MaxAge);
  if (AllowCredentials && AllowOrigins.includes('*')) {
    throw badRequest('allowCredentials is not supported for origin *');
  }
  return {
    allowOrigins: AllowOrigins,
    allowMethods: AllowMethods,
    allowHeaders: AllowHeaders,
    exposeHeaders: ExposeHeaders,
    allowCredentials: AllowCredentials,
    ...defined({ maxAge: cors.MaxAge }),
  };
}

/** The settings that CreateApi and UpdateApi both take; those that are not given are left out. */
function readSettings(input: Settings) {
  const { Target, RouteKey, CredentialsArn, Name, Description, Version, CorsConfiguration } = input;
  for (const [member, value] of Object.entries({ Target, RouteKey, CredentialsArn })) {
    if (value !== undefined) throw unsupported(`quick create of HTTP APIs (${member})`);
  }
  checkLength('name', Name);
  checkLength('description', Description);
  checkLength('version', Version);
  const cors = readCors(CorsConfiguration);
  const { DisableExecuteApiEndpoint } = input;
  return {
    ...defined({ name: Name, description: Description, version: Version }),
    ...(cors && { cors }),
    ...defined({ disableExecuteApiEndpoint: DisableExecuteApiEndpoint }),
  };
}

export const createApi = httpOperation({
  name: 'CreateApi',
  parse: (input) => {
    const { ProtocolType } = input;
    if (ProtocolType !== 'HTTP')
      throw badRequest(`Invalid protocol specified: ${ProtocolType}. Must be one of [HTTP, WEBSOCKET]`);
    return { settings: readSettings(input) };
  },
  handle: ({ Name, Tags = {}, settings }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const existing = await store.get(call, 'httpApi', id);
      if (existing) return apiOutput(existing, call);
      const api: HttpApiRecord = {
        disableExecuteApiEndpoint: false,
        ...settings,
        id,
        name: Name,
        tags: Tags,
        created: store.now(),
        routes: {},
        integrations: {},
        authorizers: {},
      };
      await store.put(call, 'httpApi', id, api);
      return apiOutput(api, call);
    }),
});

export const getApi = httpOperation({
  name: 'GetApi',
  handle: async ({ ApiId }, call, store) => apiOutput(await find.httpApi(store, call, ApiId), call),
});

export const getApis = httpOperation({
  name: 'GetApis',
  handle: async (page, call, store) =>
    httpPage(
      ['GetApis'],
      page,
      [...(await store.list(call, 'httpApi')), ...(await store.list(call, 'webSocketApi'))],
      ({ id }) => id,
      (api) => ('routeSelectionExpression' in api ? webSocketApiOutput(api, call) : apiOutput(api, call)),
    ),
});

export const updateApi = httpOperation({
  name: 'UpdateApi',
  parse: (input) => ({ settings: readSettings(input) }),
  handle: ({ ApiId, settings }, call, store) =>
    store.change(async () => {
      const api = { ...(await find.httpApi(store, call, ApiId)), ...settings };
      await store.put(call, 'httpApi', ApiId, api);
      return apiOutput(api, call);
    }),
});

export const deleteCors = httpOperation({
  name: 'DeleteCorsConfiguration',
  handle: ({ ApiId }, call, store) =>
    store.change(async () => {
      const { cors: _, ...api } = await find.httpApi(store, call, ApiId);
      await store.put(call, 'httpApi', ApiId, api);
    }),
});

export const deleteApi = httpOperation({
  name: 'DeleteApi',
  handle: ({ ApiId }, call, store) =>
    store.change(async () => {
      await find.httpApi(store, call, ApiId);
      await store.removeApi(call, ApiId);
    }),
});
