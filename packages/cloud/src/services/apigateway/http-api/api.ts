import { type Members, membersOf } from '../../../core/members.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { CorsConfiguration } from '../../execute-api/model.js';
import { labels, textMap } from '../input.js';
import { badRequest, unsupported } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import * as find from './find.js';
import { checkLength, checkRange } from './limits.js';
import type { HttpApiRecord } from './record.js';
import { isoTime } from './time.js';

/** Operations of the second version have names of their own: the first has CreateStage and others too. */
const API_PATH = '/v2/apis/{apiId}';

function apiOutput(api: HttpApiRecord, { region }: Scope) {
  const { id, name, description, version, tags, cors, disableExecuteApiEndpoint, created } = api;
  return {
    apiId: id,
    apiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
    apiKeySelectionExpression: '$request.header.x-api-key',
    routeSelectionExpression: '$request.method $request.path',
    protocolType: 'HTTP',
    ipAddressType: 'ipv4',
    name,
    description,
    version,
    tags,
    corsConfiguration: cors,
    disableExecuteApiEndpoint,
    createdDate: isoTime(created),
  };
}

function readCors(cors: Members | undefined): CorsConfiguration | undefined {
  if (cors === undefined) return undefined;
  const allowOrigins = cors.texts('allowOrigins');
  const allowCredentials = cors.flag('allowCredentials') ?? false;
  const maxAge = cors.integer('maxAge');
  checkRange('maxAge', maxAge);
  if (allowCredentials && allowOrigins.includes('*')) {
    throw badRequest('allowCredentials is not supported for origin *');
  }
  return {
    allowOrigins,
    allowMethods: cors.texts('allowMethods'),
    allowHeaders: cors.texts('allowHeaders'),
    exposeHeaders: cors.texts('exposeHeaders'),
    allowCredentials,
    ...(maxAge !== undefined && { maxAge }),
  };
}

/** The input that CreateApi and UpdateApi share. */
function readSettings(members: Members) {
  for (const quick of ['target', 'routeKey', 'credentialsArn']) {
    if (members.has(quick)) throw unsupported(`quick create of HTTP APIs (${quick})`);
  }
  const name = members.text('name');
  const description = members.text('description');
  const version = members.text('version');
  checkLength('name', name);
  checkLength('description', description);
  checkLength('version', version);
  const cors = readCors(members.structure('corsConfiguration'));
  const disabled = members.flag('disableExecuteApiEndpoint');
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(cors && { cors }),
    ...(disabled !== undefined && { disableExecuteApiEndpoint: disabled }),
  };
}

export const createApi = restOperation({
  name: 'V2CreateApi',
  http: { method: 'POST', path: '/v2/apis', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const protocol = members.neededText('protocolType');
    if (protocol === 'WEBSOCKET') throw unsupported('WebSocket APIs (protocolType)');
    if (protocol !== 'HTTP')
      throw badRequest(`Invalid protocol specified: ${protocol}. Must be one of [HTTP, WEBSOCKET]`);
    return { ...readSettings(members), name: members.neededText('name'), tags: textMap(members.raw('tags'), 'tags') };
  },
  handle: (settings, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const existing = await store.get(call, 'httpApi', id);
      if (existing) return apiOutput(existing, call);
      const api: HttpApiRecord = {
        disableExecuteApiEndpoint: false,
        ...settings,
        id,
        created: store.now(),
        routes: {},
        integrations: {},
        authorizers: {},
      };
      await store.put(call, 'httpApi', id, api);
      return apiOutput(api, call);
    }),
});

export const getApi = restOperation({
  name: 'V2GetApi',
  http: { method: 'GET', path: API_PATH },
  parse: (raw) => labels(raw, 'apiId'),
  handle: async ({ apiId }, call, store) => apiOutput(await find.httpApi(store, call, apiId), call),
});

export const getApis = restOperation({
  name: 'V2GetApis',
  http: { method: 'GET', path: '/v2/apis' },
  parse: () => ({}),
  handle: async (_input, call, store) => ({
    items: (await store.list(call, 'httpApi')).map((api) => apiOutput(api, call)),
  }),
});

export const updateApi = restOperation({
  name: 'V2UpdateApi',
  http: { method: 'PATCH', path: API_PATH },
  parse: (raw) => ({ ...labels(raw, 'apiId'), settings: readSettings(membersOf(raw)) }),
  handle: ({ apiId, settings }, call, store) =>
    store.change(async () => {
      const api = { ...(await find.httpApi(store, call, apiId)), ...settings };
      await store.put(call, 'httpApi', apiId, api);
      return apiOutput(api, call);
    }),
});

export const deleteCors = restOperation({
  name: 'V2DeleteCorsConfiguration',
  http: { method: 'DELETE', path: `${API_PATH}/cors`, status: 204 },
  parse: (raw) => labels(raw, 'apiId'),
  handle: ({ apiId }, call, store) =>
    store.change(async () => {
      const { cors: _, ...api } = await find.httpApi(store, call, apiId);
      await store.put(call, 'httpApi', apiId, api);
      return undefined;
    }),
});

export const deleteApi = restOperation({
  name: 'V2DeleteApi',
  http: { method: 'DELETE', path: API_PATH, status: 204 },
  parse: (raw) => labels(raw, 'apiId'),
  handle: ({ apiId }, call, store) =>
    store.change(async () => {
      await find.httpApi(store, call, apiId);
      await store.removeApi(call, apiId);
      return undefined;
    }),
});
