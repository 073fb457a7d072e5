import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { type HttpRequest, type HttpResponse, header } from '../../../core/http.js';
import { refreshFlow } from '../auth/refresh-flow.js';
import { validityOf } from '../clients/client-settings.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import type { CognitoState } from '../service-state.js';

// The token endpoint ("The token issuer endpoint", developer guide), for grants that need no page of Cognito's.

interface Refusal {
  readonly error: string;
  readonly error_description?: string;
}

function answer(status: number, body: object): HttpResponse {
  const headers = [
    ['content-type', 'application/json;charset=UTF-8'],
    ['cache-control', 'no-cache, no-store, max-age=0, must-revalidate'],
    ['access-control-allow-origin', '*'],
  ] as const;
  return { status, headers, body: JSON.stringify(body) };
}

const refused = (refusal: Refusal): HttpResponse => answer(400, refusal);

/** The client that a request proves to come from; undefined where it does not. */
function clientOf(pool: Pool, request: HttpRequest, form: URLSearchParams): ClientRecord | undefined {
  const basic = /^Basic\s+(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id') ?? '', form.get('client_secret') ?? undefined]
      : splitOnce(Buffer.from(basic, 'base64').toString());
  const client = pool.clients.get(id);
  return client?.secret === secret ? client : undefined;
}

function splitOnce(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

export async function tokenEndpoint(state: CognitoState, pool: Pool, request: HttpRequest): Promise<HttpResponse> {
  if (request.method !== 'POST') return answer(405, { error: 'invalid_request' });
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const client = clientOf(pool, request, form);
  const grant = form.get('grant_type');
  if (grant === null) return refused({ error: 'invalid_request' });
  if (!client) return refused({ error: 'invalid_client' });
  if (grant === 'client_credentials') return clientCredentials(state, pool, client, form);
  if (grant === 'refresh_token') return refresh(state, pool, client, form);
  return refused({
    error: 'unsupported_grant_type',
    ...(grant === 'authorization_code' && {
      error_description: 'The local cloud has no hosted pages, which give authorization codes',
    }),
  });
}

async function clientCredentials(
  { tokens, context }: CognitoState,
  pool: Pool,
  client: ClientRecord,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const { AllowedOAuthFlows = [], AllowedOAuthScopes = [], AllowedOAuthFlowsUserPoolClient } = client.settings;
  if (!AllowedOAuthFlowsUserPoolClient || !AllowedOAuthFlows.includes('client_credentials')) {
    return refused({ error: 'unauthorized_client' });
  }
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const scopes = asked.length > 0 ? asked : AllowedOAuthScopes;
  if (scopes.some((scope) => !AllowedOAuthScopes.includes(scope))) return refused({ error: 'invalid_scope' });
  const iat = Math.floor(context.now() / 1000);
  const { access } = validityOf(client.settings);
  const token = await tokens.sign(pool, {
    sub: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: iat,
    exp: iat + access,
    iat,
    version: 2,
    jti: randomUUID(),
    client_id: client.id,
  });
  return answer(200, { access_token: token, expires_in: access, token_type: 'Bearer' });
}

async function refresh(
  state: CognitoState,
  pool: Pool,
  client: ClientRecord,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const token = form.get('refresh_token');
  if (token === null) return refused({ error: 'invalid_request' });
  try {
    // Who has shown the secret need not show a hash of it.
    const attempt = { pool, client: { ...client, secret: undefined } };
    const { AuthenticationResult: made } = await refreshFlow(state, attempt, { REFRESH_TOKEN: token });
    return answer(200, {
      id_token: made?.IdToken,
      access_token: made?.AccessToken,
      expires_in: made?.ExpiresIn,
      token_type: 'Bearer',
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refused({ error: 'invalid_grant' });
  }
}
