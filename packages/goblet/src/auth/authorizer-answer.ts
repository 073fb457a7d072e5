import type { Awaitable, LambdaContext } from '../declare/route-types.js';
import { contextName, contextValue, notRoute, routesAreCached } from '../errors/auth.js';
import { notOfAuthorizer } from '../errors/requests.js';
import { isHttpError } from '../http/errors.js';
import type { Container } from '../lambda/container.js';
import { hasShape, type Shaped } from '../lambda/event-shape.js';
import { childLogger } from '../lambda/logger.js';
import type { Allowed, AuthorizerRequest, DeclaredAuthorizer } from './authorizer-types.js';

type Decide = (request: AuthorizerRequest) => Awaitable<Allowed | undefined>;

const STRINGS = { '*': 'string' } as const;
/** From the pages that `answerTo` cites for its input; the payload format decides which members are present. */
const AUTHORIZER_EVENT = {
  'version?': 'string',
  'type?': 'string',
  'authorizationToken?': 'string',
  'methodArn?': 'string',
  'routeArn?': 'string',
  'headers?': STRINGS,
  'queryStringParameters?': STRINGS,
  'pathParameters?': STRINGS,
} as const;

type AuthorizerEvent = Shaped<typeof AUTHORIZER_EVENT>;

const unknownEvent = (): TypeError => new TypeError(notOfAuthorizer);

/** @throws TypeError for an event that API Gateway does not send */
function authorizerEvent(given: unknown): AuthorizerEvent {
  const event: unknown = Object(given);
  if (!hasShape(event, AUTHORIZER_EVENT)) throw unknownEvent();
  return event;
}

const withoutPrototype = (map: Readonly<Record<string, string>> | null | undefined, name = (key: string) => key) => {
  const values: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(map ?? {})) values[name(key)] = value;
  return values;
};

/** `arn:aws:execute-api:region:account:api/stage/METHOD/path…` */
function readArn(arn: string): { stage: string; method: string; path: string } {
  const [, stage, method, path] = /^(arn:[^/]+\/[^/]+)\/([^/]+)(\/.*)?$/s.exec(arn) ?? [];
  if (stage === undefined || method === undefined) throw unknownEvent();
  return { stage, method, path: path ?? '/' };
}

/** The name that a WebSocket API uses instead of a method; its ARN has no path. */
const CONNECT = '$connect';

/** A connection is not a route: a caller who may only call certain routes may not connect. */
const connection = (arn: string, routes: readonly string[] | undefined): string[] => (routes ? [] : [arn]);

const ROUTE = /^(?:([A-Z]+|\*) )?(\/\S*)$/;

/** The ARNs that a policy lists for the routes that a caller may call. */
function resources(stage: string, routes: readonly string[]): string[] {
  return routes.flatMap((route) => {
    const [, method = '*', path] = ROUTE.exec(route) ?? [];
    if (path === undefined) throw new TypeError(notRoute(route));
    const pattern = path.replace(/\{[^/]+\}/g, '*');
    // A derived HEAD is the GET without its body.
    return (method === 'GET' ? [method, 'HEAD'] : [method]).map((one) => `${stage}/${one}${pattern}`);
  });
}

/** True if a policy's resource covers this ARN (IAM user guide, "Resource": `*` is any text, `?` one character). */
const covers = (resource: string, arn: string): boolean =>
  new RegExp(
    `^${resource.replace(/[.*?+^${}()|[\]\\]/g, (special) => (special === '*' ? '.*' : special === '?' ? '.' : `\\${special}`))}$`,
    's',
  ).test(arn);

/** @throws TypeError for context values that API Gateway does not accept */
function checkedContext(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(values)) {
    const fits = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    if (!fits || name === '' || name === 'principalId')
      throw new TypeError(fits ? contextName(name) : contextValue(name, value));
  }
  return values;
}

const namesCaller = (allowed: Allowed | undefined): allowed is Allowed =>
  typeof allowed?.principalId === 'string' && allowed.principalId !== '';

/**
 * The answer of a Lambda authorizer: a policy for REST APIs and payload 1.0 ("Output from an API Gateway Lambda
 * authorizer"), a simple response for 2.0 ("Control access to HTTP APIs with AWS Lambda authorizers").
 */
export async function answerTo(
  decide: Decide,
  declared: DeclaredAuthorizer,
  container: Container,
  given: unknown,
  context: LambdaContext,
): Promise<unknown> {
  const event = authorizerEvent(given);
  const log = childLogger(container.log, { requestId: context?.awsRequestId });
  const arn = event.methodArn ?? event.routeArn ?? '';
  try {
    const { stage, method, path } = readArn(arn);
    const allowed = await decide(asked(event, declared, { method, path, container, context, log }));
    if (!namesCaller(allowed)) return refusal(event, stage);
    const { principalId, routes } = allowed;
    const values = checkedContext(allowed.context);
    const covered = method === CONNECT ? connection(arn, routes) : resources(stage, routes ?? ['/*']);
    // A route of an HTTP API does not see the caller's name unless the context has it.
    const named = event.version ? { ...values, principalId } : values;
    if (event.version !== '2.0')
      return covered.length ? { principalId, ...policy('Allow', covered), context: named } : refusal(event, stage);
    if (allowed.routes && declared.ttl) throw new TypeError(routesAreCached);
    return covered.some((resource) => covers(resource, arn))
      ? { isAuthorized: true, context: named }
      : refusal(event, stage);
  } catch (error) {
    const status = isHttpError(error) ? error.status : 500;
    if (status === 403 || (status === 401 && event.version)) return refusal(event, readArn(arn).stage);
    // API Gateway answers 401 to exactly this message, and 500 to any other.
    if (status === 401) throw new Error('Unauthorized');
    log.error('The authorizer failed', { error });
    throw error;
  }
}

function asked(
  event: AuthorizerEvent,
  { header, query: parameters }: DeclaredAuthorizer,
  rest: Pick<AuthorizerRequest, 'method' | 'path' | 'context' | 'log'> & { readonly container: Container },
): AuthorizerRequest {
  const { container, ...own } = rest;
  const headers = withoutPrototype(event.headers, (name) => name.toLowerCase());
  const query = withoutPrototype(event.queryStringParameters);
  const named = [...header.map((name) => headers[name.toLowerCase()]), ...parameters.map((name) => query[name])];
  return {
    ...own,
    // Payload 1.0 of an HTTP API also has a token, which joins all identity sources.
    token:
      event.type === 'REQUEST' ? named.find((value) => value !== undefined) : (event.authorizationToken ?? undefined),
    headers,
    query,
    params: withoutPrototype(event.pathParameters),
    deps: container.deps,
    env: container.env,
    event,
  };
}

const policy = (Effect: 'Allow' | 'Deny', Resource: readonly string[]) => ({
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
});

/** 403. API Gateway caches it for every route, so it denies them all. */
function refusal({ version, methodArn }: AuthorizerEvent, stage: string): object {
  if (version === '2.0') return { isAuthorized: false, context: {} };
  const denied = methodArn === `${stage}/${CONNECT}` ? [methodArn] : resources(stage, ['/*']);
  return { principalId: 'anonymous', ...policy('Deny', denied), context: {} };
}
