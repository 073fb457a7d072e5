import type { Front } from '../../../core/front.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import { hostName, isLoopback } from '../../../gateway/host.js';
import type { Pool } from '../cognito-store.js';
import { issuerOf } from '../pools/pool-record.js';
import type { CognitoState } from '../service-state.js';
import { publicKey } from '../tokens/pool-keys.js';
import { tokenEndpoint } from './token-endpoint.js';

const POOL_PATH =
  /^\/([\w-]+_[0-9a-zA-Z]+)\/(\.well-known\/jwks\.json|\.well-known\/openid-configuration|oauth2\/token)$/;
const DOMAIN_HOST = /^([a-z0-9-]+)\.auth\.[a-z0-9-]+\.amazoncognito\.com$/;
const MAX_BODY = 64 * 1024;

/**
 * The pages of user pools that are no API: their keys and their description, which everybody may read, and the token
 * endpoint. They are at `/<pool id>/…` of any host; the token endpoint is also at the host of the pool's domain.
 */
export function poolFront(state: CognitoState): Front {
  const { store } = state;
  const domainOf = (head: RequestHead): string | undefined => {
    const domain = DOMAIN_HOST.exec(hostName(header(head, 'host')))?.[1];
    return domain !== undefined && store.poolOfDomain(domain) ? domain : undefined;
  };
  return {
    ownsHost: (name) => store.poolOfDomain(DOMAIN_HOST.exec(name)?.[1] ?? '') !== undefined,
    matches: (head) => domainOf(head) !== undefined || POOL_PATH.test(head.path),
    maxBody: MAX_BODY,
    handle: async (request) => {
      const domain = domainOf(request);
      if (domain !== undefined) return atDomain(state, store.poolOfDomain(domain), request);
      const [, id = '', page] = POOL_PATH.exec(request.path) ?? [];
      const pool = store.find(id);
      if (!pool) return json(404, { message: `User pool ${id} does not exist.` }, 'ResourceNotFoundException');
      if (page === 'oauth2/token') return tokenEndpoint(state, pool, request);
      if (request.method !== 'GET') return json(405, { message: 'Method Not Allowed' });
      if (page === '.well-known/jwks.json') return json(200, { keys: [publicKey(await state.tokens.keysOf(pool))] });
      return json(200, description(state, pool, request));
    },
  };
}

/** The pages of a pool's domain. */
async function atDomain(state: CognitoState, pool: Pool | undefined, request: HttpRequest): Promise<HttpResponse> {
  if (!pool) return json(404, { message: 'Not Found' });
  if (request.path === '/oauth2/token') return tokenEndpoint(state, pool, request);
  const message = `The local cloud has no hosted pages of user pools (${request.path}); sign users in by the API`;
  return json(501, { message });
}

/** OpenID Connect Discovery 1.0, 3. */
function description({ context }: CognitoState, { record, domain }: Pool, head: RequestHead) {
  const issuer = issuerOf(record.id);
  // Who asks this machine for the description gets the addresses at which this machine answers.
  const isLocal = context.rewriteUrls && isLoopback(hostName(header(head, 'host')));
  const local = `${context.endpoint()}/${record.id}`;
  const base = domain && `https://${domain.domain}.auth.${record.region}.amazoncognito.com`;
  return {
    ...(base !== undefined && {
      authorization_endpoint: `${base}/oauth2/authorize`,
      end_session_endpoint: `${base}/logout`,
    }),
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${isLocal ? local : issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    ...((isLocal || base !== undefined) && { token_endpoint: `${isLocal ? local : base}/oauth2/token` }),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

export function json(status: number, body: unknown, errorType?: string): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['access-control-allow-origin', '*'],
      ...(errorType === undefined ? [] : [['x-amzn-errortype', errorType] as const]),
    ],
    body: JSON.stringify(body),
  };
}
