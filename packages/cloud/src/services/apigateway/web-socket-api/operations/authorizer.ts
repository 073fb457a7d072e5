import { defined } from '../../../../core/defined.js';
import type { Input } from '../../../../model/client-types.js';
import { isIdentitySource } from '../../../execute-api/index.js';
import { checkLength } from '../../http-api/limits.js';
import type { AuthorizerRecord } from '../../records/rest-api.js';
import type { WebSocketApiRecord } from '../../records/web-socket-api.js';
import { badRequest } from '../../refusal.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateAuthorizer'>, 'ApiId' | 'AuthorizerId'>;

/** WebSocket APIs have REQUEST authorizers alone, and keep no results of them. */
function readAuthorizer(
  input: Settings,
  id: string,
  _api: WebSocketApiRecord,
  before: AuthorizerRecord | undefined,
): AuthorizerRecord {
  const name = input.Name ?? before?.name ?? '';
  checkLength('name', name);
  const type = input.AuthorizerType ?? before?.definition.type;
  if (type !== 'REQUEST') throw badRequest(`Invalid authorizer type specified: ${type ?? 'none'}`);
  for (const member of ['JwtConfiguration', 'AuthorizerPayloadFormatVersion', 'EnableSimpleResponses'] as const)
    if (input[member] !== undefined) throw badRequest(`${member} is not supported for WEBSOCKET protocol type`);
  if (input.AuthorizerResultTtlInSeconds !== undefined && input.AuthorizerResultTtlInSeconds !== 0)
    throw badRequest('AuthorizerResultTtlInSeconds is not supported for WEBSOCKET protocol type');
  const old = before?.definition.type === 'REQUEST' ? before.definition : undefined;
  const identitySources = input.IdentitySource ?? old?.identitySources ?? [];
  const wrong = identitySources.find((source) => !isIdentitySource(source));
  if (wrong !== undefined) throw badRequest(`Invalid identity source specified: ${wrong}`);
  const uri = input.AuthorizerUri ?? old?.uri;
  if (!uri) throw badRequest('Authorizer URI must not be empty');
  const credentials = input.AuthorizerCredentialsArn ?? old?.credentials;
  return {
    id,
    name,
    definition: { type, uri, identitySources, ttl: 0, ...defined({ credentials }) },
  };
}

export const authorizerOperations = subResourceOperations<Settings, AuthorizerRecord>({
  name: 'Authorizer',
  of: ({ authorizers }) => authorizers,
  with: (api, authorizers) => ({ ...api, authorizers }),
  read: readAuthorizer,
  output: ({ id, name, definition }) => ({
    AuthorizerId: id,
    Name: name,
    AuthorizerType: 'REQUEST',
    IdentitySource: definition.identitySources,
    ...('uri' in definition && {
      AuthorizerUri: definition.uri,
      AuthorizerCredentialsArn: definition.credentials,
    }),
  }),
  inUse: ({ routes }, { id }) => {
    const route = Object.values(routes).find(
      ({ authorization }) => 'authorizer' in authorization && authorization.authorizer === id,
    );
    return route && `Cannot delete Authorizer '${id}', is referenced by Route '${route.routeKey}'`;
  },
});
