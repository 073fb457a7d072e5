import type { Authorizer } from './authorizers.js';
import type { Container } from './container.js';
import { isHttpError } from './errors.js';
import { childLogger, type Logger } from './logger.js';
import type { Awaitable, LambdaContext } from './route-types.js';

/** What an authorizer function is asked. */
export interface AuthorizerRequest {
  /** The value of the header that names the caller, or of the first identity source. */
  readonly token: string | undefined;
  readonly method: string;
  /** As it was requested. */
  readonly path: string;
  /** Lower-case names; empty for a TOKEN authorizer, which sees nothing but its token. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly deps: unknown;
  readonly env: unknown;
  readonly event: unknown;
  readonly context: LambdaContext;
  readonly log: Logger;
}

type ContextValues = Readonly<Record<string, string | number | boolean>>;

/** Lets a caller in; made by `allow`. */
export interface Allowed<V extends ContextValues = ContextValues> {
  readonly principalId: string;
  readonly context: V;
  readonly routes: readonly string[] | undefined;
}

export interface AllowOptions<V extends ContextValues> {
  /** Handlers read it as `auth`; a REST API turns every value into a string. */
  readonly context?: V;
  /**
   * What the caller may call, `GET /users/*` or `/users/*` for any method. The answer is kept for the authorizer's
   * `ttl` and holds for every route that uses it. REST APIs only. @default everything
   */
  readonly routes?: readonly string[];
}

/** Lets the caller in under this name. @example return allow(user.id, { context: { role: user.role } }); */
export function allow<const V extends ContextValues = {}>(
  principalId: string,
  options: AllowOptions<V> = {},
): Allowed<V> {
  return { principalId, context: (options.context ?? {}) as V, routes: options.routes };
}

export interface AuthorizerOptions {
  /** REST APIs: `TOKEN` is given one header, `REQUEST` the whole request. HTTP APIs have REQUEST only. @default 'REQUEST' */
  readonly type?: 'TOKEN' | 'REQUEST';
  /** The header that names the caller, and the key under which answers are kept. @default 'Authorization' */
  readonly header?: string;
  /** Seconds for which API Gateway keeps an answer. @default 300 */
  readonly ttl?: number;
}

/** What handlers read as `auth`: the caller's name, and the context as strings. */
export type AuthorizerResult<V> = { readonly principalId: string } & { readonly [K in keyof V]: string };

type Decide = (request: AuthorizerRequest) => Awaitable<Allowed | undefined>;

/**
 * An authorizer of the app's own, which becomes a Lambda function named as it is under `auth`. What it does not allow
 * is refused: `undefined` is 403, a thrown `Unauthorized` is 401.
 * @example auth: { user: authorizer(async ({ token }) => (token === 'secret' ? allow('me') : undefined)) }
 */
export function authorizer<V extends ContextValues>(
  decide: (request: AuthorizerRequest) => Awaitable<Allowed<V> | undefined>,
  { type = 'REQUEST', header = 'Authorization', ttl = 300 }: AuthorizerOptions = {},
): Authorizer<AuthorizerResult<V>, 'authorizer'> {
  const answer = (container: Container, event: unknown, context: LambdaContext) =>
    decideOn(decide, header, container, event, context);
  return { kind: 'authorizer', options: { type, header, ttl, answer } };
}

interface AuthorizerEvent {
  readonly version?: string;
  readonly authorizationToken?: string;
  readonly methodArn?: string;
  readonly routeArn?: string;
  readonly identitySource?: readonly string[] | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly pathParameters?: Readonly<Record<string, string>> | null;
}

const withoutPrototype = (map: Readonly<Record<string, string>> | null | undefined, name = (key: string) => key) => {
  const values: Record<string, string> = Object.create(null);
  for (const key in map) values[name(key)] = String(map[key]);
  return values;
};

/** `arn:aws:execute-api:region:account:api/stage/METHOD/path…` */
function readArn(arn: string): { stage: string; method: string; path: string } {
  const [api = '', stage = '', method = '', ...rest] = arn.split('/');
  return { stage: `${api}/${stage}`, method, path: `/${rest.join('/')}` };
}

function resources(stage: string, routes: readonly string[] | undefined): string[] {
  return (routes ?? ['/*']).map((route) => {
    const [first = '', second] = route.split(' ');
    return second === undefined ? `${stage}/*${first}` : `${stage}/${first}${second}`;
  });
}

/**
 * What API Gateway takes of a Lambda authorizer: a policy for payload 1.0 ("Output from an API Gateway Lambda
 * authorizer"), a simple response for 2.0.
 */
async function decideOn(
  decide: Decide,
  header: string,
  container: Container,
  given: unknown,
  context: LambdaContext,
): Promise<unknown> {
  const event = given as AuthorizerEvent;
  const { stage, method, path } = readArn(event.methodArn ?? event.routeArn ?? '');
  const headers = withoutPrototype(event.headers, (name) => name.toLowerCase());
  const log = childLogger(container.log, { requestId: context?.awsRequestId });
  const token = event.authorizationToken ?? headers[header.toLowerCase()] ?? event.identitySource?.[0];
  let allowed: Allowed | undefined;
  try {
    allowed = await decide({
      token,
      method,
      path,
      headers,
      query: withoutPrototype(event.queryStringParameters),
      params: withoutPrototype(event.pathParameters),
      deps: container.deps,
      env: container.env,
      event,
      context,
      log,
    });
  } catch (error) {
    // API Gateway answers 401 to exactly this message, and 500 to any other.
    if (isHttpError(error) && error.status === 401) throw new Error('Unauthorized');
    if (!isHttpError(error) || error.status !== 403) {
      log.error('The authorizer failed', { error });
      throw error;
    }
  }
  const isAuthorized = typeof allowed?.principalId === 'string' && allowed.principalId !== '';
  const principalId = isAuthorized && allowed ? allowed.principalId : 'anonymous';
  const values = isAuthorized ? (allowed?.context ?? {}) : {};
  if (event.version === '2.0') return { isAuthorized, context: { ...values, principalId } };
  const Statement = [
    {
      Action: 'execute-api:Invoke',
      Effect: isAuthorized ? 'Allow' : 'Deny',
      Resource: resources(stage, isAuthorized ? allowed?.routes : undefined),
    },
  ];
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context: values };
}
