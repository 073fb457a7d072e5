import { type Members, membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import type { Authorization, AuthorizerDefinition } from '../../execute-api/model.js';
import { checkPaths, HTTP_PATHS } from '../../execute-api/open-api/paths.js';
import { labels } from '../input.js';
import { checkHttpApi } from '../quotas.js';
import { badRequest, conflict, notFound, unsupported } from '../refusal.js';
import type { AuthorizerRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import * as find from './find.js';
import { checkCount, checkLength, checkRange } from './limits.js';
import type { HttpApiRecord, HttpIntegrationRecord, HttpRouteRecord } from './record.js';

/** One of the three kinds of parts an HTTP API is made of; their operations differ only in these. */
interface Part<K extends 'routes' | 'integrations' | 'authorizers', R extends { readonly id: string }> {
  readonly collection: K;
  /** `Route` */
  readonly one: string;
  /** The member that is its id: `routeId` */
  readonly idMember: string;
  /** Makes the record of the input, over what there was. */
  readonly read: (members: Members, id: string, api: HttpApiRecord, before: R | undefined) => R;
  readonly output: (record: R) => Record<string, unknown>;
  /** Why the part cannot go yet. */
  readonly inUse?: (api: HttpApiRecord, id: string) => string | undefined;
}

function operationsOf<K extends 'routes' | 'integrations' | 'authorizers', R extends HttpApiRecord[K][string]>(
  part: Part<K, R>,
) {
  const { collection, one, idMember, read, output, inUse } = part;
  const allPath = `/v2/apis/{apiId}/${collection}`;
  const onePath = `${allPath}/{partId}`;
  const told = (record: R) => ({ [idMember]: record.id, ...output(record) });
  // The records of a collection are this part's, which the type of a computed member does not say.
  const recordsOf = (api: HttpApiRecord) => api[collection] as unknown as Readonly<Record<string, R>>;
  const withRecords = (api: HttpApiRecord, records: Readonly<Record<string, R>>): HttpApiRecord => ({
    ...api,
    [collection]: records,
  });
  const existing = (api: HttpApiRecord, id: string): R => {
    const record = Object.hasOwn(recordsOf(api), id) ? recordsOf(api)[id] : undefined;
    if (record === undefined) throw notFound(`Invalid ${one} identifier specified`);
    return record;
  };

  return [
    restOperation({
      name: `V2Create${one}`,
      http: { method: 'POST', path: allPath, status: 201 },
      parse: (raw) => ({ ...labels(raw, 'apiId'), members: membersOf(raw) }),
      handle: ({ apiId, members }, call, store) =>
        store.change(async () => {
          const api = await find.httpApi(store, call, apiId);
          const id = call.resourceId ?? randomId.lower(7);
          const known = recordsOf(api)[id];
          if (known) return told(known);
          const record = read(members, id, api, undefined);
          const grown = withRecords(api, { ...recordsOf(api), [id]: record });
          checkHttpApi(grown, store.quotas);
          await store.put(call, 'httpApi', apiId, grown);
          return told(record);
        }),
    }),
    restOperation({
      name: `V2Get${one}`,
      http: { method: 'GET', path: onePath },
      parse: (raw) => labels(raw, 'apiId', 'partId'),
      handle: async ({ apiId, partId }, call, store) => told(existing(await find.httpApi(store, call, apiId), partId)),
    }),
    restOperation({
      name: `V2Get${one}s`,
      http: { method: 'GET', path: allPath },
      parse: (raw) => labels(raw, 'apiId'),
      handle: async ({ apiId }, call, store) => ({
        items: Object.values(recordsOf(await find.httpApi(store, call, apiId))).map(told),
      }),
    }),
    restOperation({
      name: `V2Update${one}`,
      http: { method: 'PATCH', path: onePath },
      parse: (raw) => ({ ...labels(raw, 'apiId', 'partId'), members: membersOf(raw) }),
      handle: ({ apiId, partId, members }, call, store) =>
        store.change(async () => {
          const api = await find.httpApi(store, call, apiId);
          const record = read(members, partId, api, existing(api, partId));
          await store.put(call, 'httpApi', apiId, withRecords(api, { ...recordsOf(api), [partId]: record }));
          return told(record);
        }),
    }),
    restOperation({
      name: `V2Delete${one}`,
      http: { method: 'DELETE', path: onePath, status: 204 },
      parse: (raw) => labels(raw, 'apiId', 'partId'),
      handle: ({ apiId, partId }, call, store) =>
        store.change(async () => {
          const api = await find.httpApi(store, call, apiId);
          existing(api, partId);
          const reason = inUse?.(api, partId);
          if (reason !== undefined) throw conflict(reason);
          const { [partId]: _, ...others } = recordsOf(api);
          await store.put(call, 'httpApi', apiId, withRecords(api, others));
          return undefined;
        }),
    }),
  ] as const;
}

const ROUTE_KEY = /^(?:\$default|(?:GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|ANY) \/\S*)$/;

function readRoute(
  members: Members,
  id: string,
  api: HttpApiRecord,
  before: HttpRouteRecord | undefined,
): HttpRouteRecord {
  for (const member of ['requestModels', 'requestParameters', 'modelSelectionExpression']) {
    if (members.has(member)) throw unsupported(`${member} of routes, which are for WebSocket APIs`);
  }
  const routeKey = members.text('routeKey') ?? before?.routeKey ?? '';
  if (!ROUTE_KEY.test(routeKey)) {
    throw badRequest(
      `Route key must be formatted as either the string literal "$default" or a string with pattern "METHOD /path": ${routeKey}`,
    );
  }
  if (routeKey !== '$default') checkPaths([routeKey.slice(routeKey.indexOf(' ') + 1)], HTTP_PATHS);
  if (Object.values(api.routes).some((other) => other.id !== id && other.routeKey === routeKey)) {
    throw conflict(`Route with key ${routeKey} already exists for this API`);
  }
  const target = members.text('target');
  const integrationId = target === undefined ? before?.integrationId : target.replace(/^integrations\//, '');
  if (target !== undefined && !api.integrations[integrationId ?? ''])
    throw badRequest(`Invalid target specified: ${target}`);
  const operationName = members.text('operationName') ?? before?.operationName;
  checkLength('operationName', operationName);
  return {
    id,
    routeKey,
    authorization: readAuthorization(members, api, before),
    ...(integrationId !== undefined && { integrationId }),
    ...(operationName !== undefined && { operationName }),
  };
}

function readAuthorization(members: Members, api: HttpApiRecord, before: HttpRouteRecord | undefined): Authorization {
  const kind = members.text('authorizationType');
  if (kind === undefined && before) return before.authorization;
  if (kind === undefined || kind === 'NONE') return { kind: 'NONE' };
  if (kind === 'AWS_IAM') return { kind };
  const authorizer = members.text('authorizerId') ?? '';
  if (!api.authorizers[authorizer]) throw badRequest('Invalid authorizer specified');
  if (kind === 'CUSTOM') return { kind, authorizer };
  if (kind === 'JWT') {
    const scopes = members.texts('authorizationScopes');
    checkCount('authorizationScopes', scopes);
    return { kind, authorizer, scopes };
  }
  throw badRequest(`Invalid authorization type specified: ${kind}`);
}

function readIntegration(
  members: Members,
  id: string,
  _api: HttpApiRecord,
  before: HttpIntegrationRecord | undefined,
): HttpIntegrationRecord {
  const type = members.text('integrationType') ?? (before && 'AWS_PROXY');
  if (type !== 'AWS_PROXY' || members.has('integrationSubtype'))
    throw unsupported(`the integration type ${type ?? 'none'} of HTTP APIs`);
  const format = members.text('payloadFormatVersion') ?? (before ? '2.0' : '1.0');
  if (format !== '2.0') throw unsupported(`payload format version ${format} of HTTP APIs`);
  for (const member of ['requestParameters', 'responseParameters', 'credentialsArn', 'connectionId', 'tlsConfig']) {
    if (members.has(member)) throw unsupported(`${member} of the integrations of HTTP APIs`);
  }
  const uri = members.text('integrationUri') ?? before?.uri ?? '';
  if (!/^arn:aws[a-z-]*:(lambda|apigateway):/.test(uri)) throw badRequest('Invalid integration URI specified');
  const timeoutInMillis = members.integer('timeoutInMillis') ?? before?.timeoutInMillis ?? 30_000;
  if (timeoutInMillis < 50 || timeoutInMillis > 30_000)
    throw badRequest('Timeout should be between 50 ms and 30000 ms');
  const description = members.text('description') ?? before?.description;
  return { id, uri, timeoutInMillis, ...(description !== undefined && { description }) };
}

function readAuthorizer(
  members: Members,
  id: string,
  _api: HttpApiRecord,
  before: AuthorizerRecord | undefined,
): AuthorizerRecord {
  const name = members.text('name') ?? before?.name ?? '';
  checkLength('name', name);
  const type = members.text('authorizerType') ?? before?.definition.type;
  const identitySources = members.has('identitySource')
    ? members.texts('identitySource')
    : (before?.definition.identitySources ?? []);
  for (const source of identitySources) {
    if (!/^\$request\.(header|querystring)\./.test(source))
      throw unsupported(`the identity source ${source} of HTTP APIs`);
  }
  if (type === 'JWT') {
    const jwt = members.structure('jwtConfiguration');
    const old = before?.definition.type === 'JWT' ? before.definition : undefined;
    const audience = jwt?.texts('audience') ?? old?.audience ?? [];
    checkCount('audience', audience);
    const definition: AuthorizerDefinition = {
      type,
      identitySources,
      issuer: checkIssuer(jwt?.text('issuer') ?? old?.issuer ?? ''),
      audience,
    };
    return { id, name, definition };
  }
  if (type !== 'REQUEST') throw badRequest(`Invalid authorizer type specified: ${type ?? 'none'}`);
  const old = before?.definition.type === 'REQUEST' ? before.definition : undefined;
  const format = members.text('authorizerPayloadFormatVersion') ?? (old ? '2.0' : undefined);
  if (format !== '2.0') throw unsupported(`authorizer payload format version ${format ?? '1.0'} of HTTP APIs`);
  if (members.has('authorizerCredentialsArn')) throw unsupported('authorizer credentials (authorizerCredentialsArn)');
  const uri = members.text('authorizerUri') ?? old?.uri;
  if (!uri) throw badRequest('Authorizer URI must not be empty');
  const ttl = members.integer('authorizerResultTtlInSeconds') ?? old?.ttl ?? 0;
  checkRange('authorizerResultTtlInSeconds', ttl);
  if (ttl > 0 && identitySources.length === 0)
    throw badRequest('Identity source must be set if authorizer caching is enabled (TTL is greater than 0)');
  const definition: AuthorizerDefinition = {
    type,
    uri,
    identitySources,
    ttl,
    simpleResponses: members.flag('enableSimpleResponses') ?? old?.simpleResponses ?? false,
  };
  return { id, name, definition };
}

/** Issuers answer over HTTPS; one on this machine may do without. They are asked when the first token comes. */
function checkIssuer(issuer: string): string {
  if (/^https:\/\/[^/]+|^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/.test(issuer)) return issuer;
  throw badRequest(
    `Invalid issuer: ${issuer}. Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'`,
  );
}

function authorizerOutput({ name, definition }: AuthorizerRecord): Record<string, unknown> {
  const common = { name, authorizerType: definition.type, identitySource: definition.identitySources };
  if (definition.type === 'JWT')
    return { ...common, jwtConfiguration: { issuer: definition.issuer, audience: definition.audience } };
  if (!('uri' in definition)) return common;
  return {
    ...common,
    authorizerUri: definition.uri,
    authorizerPayloadFormatVersion: '2.0',
    authorizerResultTtlInSeconds: definition.ttl,
    enableSimpleResponses: definition.simpleResponses ?? false,
  };
}

/** The operations of routes, integrations and authorizers. */
export const partOperations = [
  ...operationsOf<'routes', HttpRouteRecord>({
    collection: 'routes',
    one: 'Route',
    idMember: 'routeId',
    read: readRoute,
    output: ({ routeKey, integrationId, authorization, operationName }) => ({
      routeKey,
      target: integrationId === undefined ? undefined : `integrations/${integrationId}`,
      authorizationType: authorization.kind,
      authorizerId: 'authorizer' in authorization ? authorization.authorizer : undefined,
      authorizationScopes: 'scopes' in authorization ? authorization.scopes : undefined,
      apiKeyRequired: false,
      operationName,
    }),
  }),
  ...operationsOf<'integrations', HttpIntegrationRecord>({
    collection: 'integrations',
    one: 'Integration',
    idMember: 'integrationId',
    read: readIntegration,
    output: ({ uri, timeoutInMillis, description }) => ({
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      integrationUri: uri,
      connectionType: 'INTERNET',
      payloadFormatVersion: '2.0',
      timeoutInMillis,
      description,
    }),
    inUse: (api, id) => {
      const route = Object.values(api.routes).find(({ integrationId }) => integrationId === id);
      return route && `Cannot delete Integration '${id}', is referenced by Route '${route.routeKey}'`;
    },
  }),
  ...operationsOf<'authorizers', AuthorizerRecord>({
    collection: 'authorizers',
    one: 'Authorizer',
    idMember: 'authorizerId',
    read: readAuthorizer,
    output: authorizerOutput,
    inUse: (api, id) => {
      const route = Object.values(api.routes).find(
        ({ authorization }) => 'authorizer' in authorization && authorization.authorizer === id,
      );
      return route && `Cannot delete Authorizer '${id}', is referenced by Route '${route.routeKey}'`;
    },
  }),
];
