import type { Input } from '../../../../model/client-types.js';
import type { AuthorizerDefinition } from '../../../execute-api/index.js';
import { httpOperation } from '../../api-operation.js';
import type { HttpApiRecord } from '../../records/http-api.js';
import type { AuthorizerRecord } from '../../records/rest-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import { checkCount, checkLength, checkRange } from '../limits.js';
import { subResourcesOf } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateAuthorizer'>, 'ApiId' | 'AuthorizerId'>;

function readAuthorizer(
  input: Settings,
  id: string,
  _api: HttpApiRecord,
  before: AuthorizerRecord | undefined,
): AuthorizerRecord {
  const name = input.Name ?? before?.name ?? '';
  checkLength('name', name);
  const type = input.AuthorizerType ?? before?.definition.type;
  const identitySources = input.IdentitySource ?? before?.definition.identitySources ?? [];
  for (const source of identitySources) {
    if (!/^\$request\.(header|querystring)\./.test(source))
      throw unsupported(`the identity source ${source} of HTTP APIs`);
  }
  if (type === 'JWT') return { id, name, definition: readJwt(input, identitySources, before?.definition) };
  if (type !== 'REQUEST') throw badRequest(`Invalid authorizer type specified: ${type ?? 'none'}`);
  return { id, name, definition: readRequest(input, identitySources, before?.definition) };
}

function readJwt(
  { JwtConfiguration: jwt }: Settings,
  identitySources: readonly string[],
  before: AuthorizerDefinition | undefined,
): AuthorizerDefinition {
  const old = before?.type === 'JWT' ? before : undefined;
  const audience = jwt?.Audience ?? old?.audience ?? [];
  checkCount('audience', audience);
  return { type: 'JWT', identitySources, issuer: checkIssuer(jwt?.Issuer ?? old?.issuer ?? ''), audience };
}

function readRequest(
  input: Settings,
  identitySources: readonly string[],
  before: AuthorizerDefinition | undefined,
): AuthorizerDefinition {
  const old = before?.type === 'REQUEST' ? before : undefined;
  const format = input.AuthorizerPayloadFormatVersion ?? (old ? '2.0' : undefined);
  if (format !== '2.0') throw unsupported(`authorizer payload format version ${format ?? '1.0'} of HTTP APIs`);
  if (input.AuthorizerCredentialsArn !== undefined)
    throw unsupported('authorizer credentials (AuthorizerCredentialsArn)');
  const uri = input.AuthorizerUri ?? old?.uri;
  if (!uri) throw badRequest('Authorizer URI must not be empty');
  const ttl = input.AuthorizerResultTtlInSeconds ?? old?.ttl ?? 0;
  checkRange('authorizerResultTtlInSeconds', ttl);
  if (ttl > 0 && identitySources.length === 0)
    throw badRequest('Identity source must be set if authorizer caching is enabled (TTL is greater than 0)');
  const simpleResponses = input.EnableSimpleResponses ?? old?.simpleResponses ?? false;
  return { type: 'REQUEST', uri, identitySources, ttl, simpleResponses };
}

/** Issuers answer over HTTPS; one on this machine may do without. They are asked when the first token comes. */
function checkIssuer(issuer: string): string {
  if (/^https:\/\/[^/]+|^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/.test(issuer)) return issuer;
  throw badRequest(
    `Invalid issuer: ${issuer}. Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'`,
  );
}

function authorizerOutput({ id, name, definition }: AuthorizerRecord) {
  return {
    AuthorizerId: id,
    Name: name,
    AuthorizerType: definition.type === 'JWT' ? 'JWT' : 'REQUEST',
    IdentitySource: definition.identitySources,
    ...(definition.type === 'JWT' && {
      JwtConfiguration: { Issuer: definition.issuer, Audience: definition.audience },
    }),
    ...('uri' in definition && {
      AuthorizerUri: definition.uri,
      AuthorizerPayloadFormatVersion: '2.0',
      AuthorizerResultTtlInSeconds: definition.ttl,
      EnableSimpleResponses: definition.simpleResponses ?? false,
    }),
  } as const;
}

const authorizers = subResourcesOf({
  collection: 'authorizers',
  name: 'Authorizer',
  of: (api) => api.authorizers,
  read: readAuthorizer,
  output: authorizerOutput,
  inUse: (api, id) => {
    const route = Object.values(api.routes).find(
      ({ authorization }) => 'authorizer' in authorization && authorization.authorizer === id,
    );
    return route && `Cannot delete Authorizer '${id}', is referenced by Route '${route.routeKey}'`;
  },
});

export const createAuthorizer = httpOperation({
  name: 'CreateAuthorizer',
  handle: ({ ApiId, ...input }, call, store) => authorizers.create(ApiId, input, call, store),
});

export const getAuthorizer = httpOperation({
  name: 'GetAuthorizer',
  handle: ({ ApiId, AuthorizerId }, call, store) => authorizers.get(ApiId, AuthorizerId, call, store),
});

export const getAuthorizers = httpOperation({
  name: 'GetAuthorizers',
  handle: ({ ApiId, ...page }, call, store) => authorizers.list(ApiId, page, call, store),
});

export const updateAuthorizer = httpOperation({
  name: 'UpdateAuthorizer',
  handle: ({ ApiId, AuthorizerId, ...input }, call, store) =>
    authorizers.update(ApiId, AuthorizerId, input, call, store),
});

export const deleteAuthorizer = httpOperation({
  name: 'DeleteAuthorizer',
  handle: ({ ApiId, AuthorizerId }, call, store) => authorizers.remove(ApiId, AuthorizerId, call, store),
});
