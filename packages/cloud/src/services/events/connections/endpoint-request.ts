import type { AuthParameters } from './auth-parameters.js';
import type { ConnectionRecord, DestinationRecord } from './connection-store.js';

/** A target's settings for the requests to its API destination. */
export interface HttpParameters {
  readonly PathParameterValues?: readonly string[] | undefined;
  readonly HeaderParameters?: Readonly<Record<string, string>> | undefined;
  readonly QueryStringParameters?: Readonly<Record<string, string>> | undefined;
}

/** A request to an API destination, without its authorization. */
export interface EndpointRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

type Parameters = NonNullable<AuthParameters['InvocationHttpParameters']>;
type KeyAndValue = NonNullable<Parameters['HeaderParameters']>[number];

const entries = (parameters: readonly KeyAndValue[] | undefined): readonly [string, string][] =>
  (parameters ?? []).flatMap(({ Key, Value }) => (Key === undefined || Value === undefined ? [] : [[Key, Value]]));

/** Puts values in the place of each `*` of a path, in order. */
function withPath(endpoint: string, values: readonly string[]): URL {
  let next = 0;
  return new URL(endpoint.replaceAll('*', (star) => encodeURIComponent(values[next++] ?? star)));
}

/** An object gets the connection's members; other JSON has no place for them. */
function withMembers(input: string, members: readonly [string, string][]): string {
  if (members.length === 0) return input;
  const body: unknown = JSON.parse(input);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return input;
  return JSON.stringify({ ...body, ...Object.fromEntries(members) });
}

/**
 * The request for an event: the target's parameters, and the connection's, which come before them ("API destinations" of
 * the EventBridge user guide).
 *
 * @param input what the target is given: JSON
 */
export function endpointRequest(
  { endpoint, method }: Pick<DestinationRecord, 'endpoint' | 'method'>,
  { type, parameters }: Pick<ConnectionRecord, 'type' | 'parameters'>,
  target: HttpParameters,
  input: string,
): EndpointRequest {
  const invocation = parameters.InvocationHttpParameters;
  const url = withPath(endpoint, target.PathParameterValues ?? []);
  const query = { ...target.QueryStringParameters, ...Object.fromEntries(entries(invocation?.QueryStringParameters)) };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return {
    url: url.href,
    method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Amazon/EventBridge/ApiDestinations',
      ...target.HeaderParameters,
      ...Object.fromEntries(entries(invocation?.HeaderParameters)),
      ...(type === 'BASIC' && basic(parameters)),
      ...(type === 'API_KEY' && apiKey(parameters)),
    },
    body: withMembers(input, entries(invocation?.BodyParameters)),
  };
}

function basic({ BasicAuthParameters: { Username, Password } = { Username: '', Password: '' } }: AuthParameters) {
  return { authorization: `Basic ${Buffer.from(`${Username}:${Password}`).toString('base64')}` };
}

function apiKey({ ApiKeyAuthParameters: key }: AuthParameters): Readonly<Record<string, string>> {
  return key ? { [key.ApiKeyName]: key.ApiKeyValue } : {};
}

/** The request for a token of a client (RFC 6749, section 4.4). */
export function tokenRequest({ OAuthParameters: oauth }: AuthParameters): EndpointRequest {
  if (oauth === undefined) throw new Error('the connection has no OAuth parameters');
  const { AuthorizationEndpoint, HttpMethod, ClientParameters, OAuthHttpParameters } = oauth;
  const url = new URL(AuthorizationEndpoint);
  for (const [name, value] of entries(OAuthHttpParameters?.QueryStringParameters)) url.searchParams.set(name, value);
  const form = new URLSearchParams([
    ['grant_type', 'client_credentials'],
    ['client_id', ClientParameters.ClientID],
    ['client_secret', ClientParameters.ClientSecret],
    ...entries(OAuthHttpParameters?.BodyParameters),
  ]);
  const body = HttpMethod === 'GET' ? '' : form.toString();
  if (HttpMethod === 'GET') for (const [name, value] of form) url.searchParams.set(name, value);
  return {
    url: url.href,
    method: HttpMethod,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...Object.fromEntries(entries(OAuthHttpParameters?.HeaderParameters)),
    },
    body,
  };
}
