import type { DeliveryFailure } from '../deliveries/delivery-failure.js';
import type { ConnectionRecord, DestinationRecord } from './connection-store.js';
import { type EndpointRequest, endpointRequest, type HttpParameters, tokenRequest } from './endpoint-request.js';

/** Milliseconds that EventBridge gives an API destination to answer. */
const TIMEOUT = 5000;
/** Statuses that may be others next time; those of the server's own are too. */
const RETRIED = [401, 407, 409, 429];

async function send({ url, method, headers, body }: EndpointRequest): Promise<Response> {
  const hasBody = body !== '' && method !== 'GET' && method !== 'HEAD';
  return fetch(url, {
    method,
    headers,
    ...(hasBody && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

async function bearerToken({ parameters }: ConnectionRecord): Promise<string> {
  const response = await send(tokenRequest(parameters));
  const answer: unknown = await response.json();
  const token = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'access_token') : undefined;
  if (!response.ok || typeof token !== 'string') throw new Error(`no token was given: status ${response.status}`);
  return token;
}

/** Sends an event to an API destination. */
export async function callEndpoint(
  destination: DestinationRecord,
  connection: ConnectionRecord,
  parameters: HttpParameters,
  input: string,
): Promise<DeliveryFailure | undefined> {
  try {
    const request = endpointRequest(destination, connection, parameters, input);
    const isOAuth = connection.type === 'OAUTH_CLIENT_CREDENTIALS';
    const authorization = isOAuth && { authorization: `Bearer ${await bearerToken(connection)}` };
    const response = await send({ ...request, headers: { ...request.headers, ...authorization } });
    const text = await response.text();
    if (response.ok) return undefined;
    const retriable = response.status >= 500 || RETRIED.includes(response.status);
    return { code: 'ERROR_FROM_TARGET', message: `${response.status} ${text}`.slice(0, 1000), retriable };
  } catch (error) {
    const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return { code: 'CONNECTION_FAILURE', message: String(reason), retriable: true };
  }
}
