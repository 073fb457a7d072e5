import { header } from '../../core/http.js';
import { isObject } from '../../core/json.js';
import { boundedTest } from '../../core/regular-expression.js';
import { type Exchange, eventHeaders, eventQuery, methodArn, type Place, requestContext } from './exchange.js';
import { contextVariables, type GatewayError } from './gateway-response.js';
import { type Invocation, type Invoker, payloadValue } from './invoker.js';
import type { AuthorizerDefinition } from './model.js';
import { type AuthorizerPolicy, authorizerPolicy } from './policy.js';

/** An authorizer's result, cached for its time to live. */
export interface AuthorizerResult {
  readonly policy: AuthorizerPolicy;
  /** The policy as the function answered it. @default - not kept, for HTTP APIs */
  readonly policyDocument?: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  readonly usageIdentifierKey: string | undefined;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** Results by authorizer and identity, for one stage of one API. */
export type AuthorizerCache = Map<string, AuthorizerResult>;

/** Lets the caller in by setting `exchange.authorizer`, or says why not. Gives the API key the authorizer named. */
export type Authorize = (exchange: Exchange) => Promise<{ readonly usageIdentifierKey?: string } | GatewayError>;

export interface AuthorizerSetting {
  readonly name: string;
  readonly definition: Extract<AuthorizerDefinition, { uri: string }>;
  readonly place: Place;
  readonly invoker: Invoker;
  readonly cache: AuthorizerCache;
  readonly now: () => number;
  /** Receives the reason if the authorizer itself caused a refusal. */
  readonly log: (message: string) => void;
}

/** Milliseconds: an authorizer has as long as an integration. */
const TIMEOUT = 29_000;
const MAX_CACHED = 10_000;

/** A Lambda authorizer of a REST API (developer guide, "Use API Gateway Lambda authorizers"). */
export function lambdaAuthorizer(setting: AuthorizerSetting): Authorize {
  const decide = authorizerDecision(setting, restRequests(setting));
  return async (exchange) => {
    const decided = await decide(exchange);
    if ('type' in decided) return decided;
    exchange.authorizer = decided.context;
    const { usageIdentifierKey } = decided;
    return usageIdentifierKey === undefined ? {} : { usageIdentifierKey };
  };
}

/** The parts of requests to one kind of API that an authorizer sees. */
export interface AuthorizedRequests<Request> {
  /** The values of the identity sources, in their order. */
  readonly sources: readonly ((request: Request) => string | undefined)[];
  /** True if a request without one of them is refused before the function is asked. */
  readonly needsIdentity: boolean;
  /** The ARN that the function's policy is asked about. */
  readonly arn: (request: Request) => string;
  /** @param token the value of the first identity source */
  readonly event: (request: Request, arn: string, token: string) => Record<string, unknown>;
}

function restRequests({ definition, place }: AuthorizerSetting): AuthorizedRequests<Exchange> {
  return {
    sources: definition.identitySources.map(identitySource(place)),
    needsIdentity: definition.type === 'TOKEN' || definition.ttl > 0,
    arn: ({ request }) => methodArn(place, request.method, request.path),
    event: (exchange, arn, token) =>
      definition.type === 'TOKEN' ? tokenEvent(arn, token) : requestEvent(exchange, place, arn),
  };
}

/** Asks the function of an authorizer, or what is kept of its last answer, and gives what it said of who it lets in. */
export function authorizerDecision<Request>(
  setting: AuthorizerSetting,
  requests: AuthorizedRequests<Request>,
): (request: Request) => Promise<AuthorizerResult | GatewayError> {
  const { definition, name, cache, now } = setting;
  const identify = identityOf(setting, requests);

  return async (request) => {
    const identity = identify(request);
    if (identity === undefined) return { type: 'UNAUTHORIZED' };
    const key = definition.ttl > 0 ? JSON.stringify([name, ...identity]) : undefined;
    const arn = requests.arn(request);
    let result = key === undefined ? undefined : cache.get(key);
    if (result === undefined || result.expires <= now()) {
      const answer = await ask(setting, requests.event(request, arn, identity[0] ?? ''));
      if ('type' in answer) return answer;
      result = answer;
      if (key !== undefined) {
        if (cache.size >= MAX_CACHED) cache.clear();
        cache.set(key, result);
      }
    }
    const decision = result.policy(arn);
    if (decision === 'explicitDeny') {
      return { type: 'ACCESS_DENIED', message: 'User is not authorized to access this resource with an explicit deny' };
    }
    return decision === 'implicitDeny' ? { type: 'ACCESS_DENIED' } : result;
  };
}

/** The identity in a request, or undefined where an authorizer refuses the request without asking its function. */
function identityOf<Request>(
  { definition }: AuthorizerSetting,
  { sources, needsIdentity }: AuthorizedRequests<Request>,
): (request: Request) => readonly (string | undefined)[] | undefined {
  const expression = definition.identityValidationExpression;
  const validates = expression ? boundedTest(`^(?:${expression})$`) : undefined;
  return (request) => {
    const identity = sources.map((source) => source(request));
    if (needsIdentity && identity.some((value) => value === undefined || value === '')) return undefined;
    return validates && !validates(identity[0] ?? '') ? undefined : identity;
  };
}

/** Asks an authorizer as TestInvokeAuthorizer does: nothing is kept, and its policy is returned, not applied. */
export async function askAuthorizer(
  setting: AuthorizerSetting,
  exchange: Exchange,
): Promise<AuthorizerResult | GatewayError> {
  const requests = restRequests(setting);
  const identity = identityOf(setting, requests)(exchange);
  if (identity === undefined) return { type: 'UNAUTHORIZED' };
  return ask(setting, requests.event(exchange, requests.arn(exchange), identity[0] ?? ''));
}

async function ask(
  { definition, invoker, name, now, log, place }: AuthorizerSetting,
  event: Record<string, unknown>,
): Promise<AuthorizerResult | GatewayError> {
  const sourceArn = `arn:aws:execute-api:${place.region}:${place.account}:${place.apiId}/authorizers/${name}`;
  const started = now();
  let invocation: Invocation;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  try {
    invocation = await Promise.race([
      invoker.invoke(definition.uri, event, controller.signal, sourceArn, definition.credentials),
      new Promise<never>((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(new Error('it did not answer in 29 s')));
      }),
    ]);
  } catch (error) {
    log(`the authorizer ${name} could not be invoked: ${error instanceof Error ? error.message : String(error)}`);
    return { type: 'AUTHORIZER_CONFIGURATION_ERROR' };
  } finally {
    clearTimeout(timer);
  }
  if ('functionError' in invocation) {
    if (invocation.errorMessage === 'Unauthorized') return { type: 'UNAUTHORIZED' };
    log(`the authorizer ${name} failed: ${invocation.errorMessage ?? invocation.functionError}`);
    return { type: 'AUTHORIZER_FAILURE' };
  }
  const answer = 'payload' in invocation ? invocation.payload : undefined;
  const result = readResult(answer, now() - started, now() + definition.ttl * 1000);
  if (typeof result === 'string') {
    log(`the authorizer ${name} answered something else than a policy: ${result}`);
    return { type: 'AUTHORIZER_CONFIGURATION_ERROR' };
  }
  return result;
}

/** Reads "Output from an API Gateway Lambda authorizer" (developer guide), or says what is wrong with it. */
function readResult(payload: unknown, latency: number, expires: number): AuthorizerResult | string {
  let value: unknown;
  try {
    value = payloadValue(payload);
  } catch {
    return 'the answer is not JSON';
  }
  if (!isObject(value)) return 'the answer is not an object';
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = value;
  if (typeof principalId !== 'string' || principalId === '') return 'principalId is not a string';
  const policy = authorizerPolicy(policyDocument);
  if (policy === undefined) return 'policyDocument is not a policy';
  if (context !== null && !isObject(context)) return 'context is not an object';
  const own: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(context ?? {})) {
    if (member === null || typeof member === 'object') return `context.${name} is not a string, a number or a boolean`;
    own[name] = String(member);
  }
  return {
    policy,
    policyDocument,
    context: { ...own, principalId, integrationLatency: Math.round(latency) },
    usageIdentifierKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
    expires,
  };
}

function tokenEvent(arn: string, token: string): Record<string, unknown> {
  return { type: 'TOKEN', methodArn: arn, authorizationToken: token };
}

function requestEvent(exchange: Exchange, place: Place, arn: string): Record<string, unknown> {
  const query = eventQuery(exchange.request.query);
  return {
    type: 'REQUEST',
    methodArn: arn,
    resource: exchange.route?.path,
    path: exchange.mapping?.path ?? exchange.request.path,
    httpMethod: exchange.request.method,
    ...eventHeaders(exchange),
    queryStringParameters: query.single ?? {},
    multiValueQueryStringParameters: query.multi ?? {},
    pathParameters: exchange.parameters ?? {},
    stageVariables: place.stageVariables ?? {},
    requestContext: requestContext(exchange, place),
  };
}

/** Compiles `method.request.header.X`, `method.request.querystring.X`, `stageVariables.X` or `context.X`. */
function identitySource(place: Place): (source: string) => (exchange: Exchange) => string | undefined {
  return (source) => {
    const [, kind, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    if (kind === 'header') {
      const lower = name.toLowerCase();
      return ({ request }) => header(request, lower);
    }
    if (kind === 'querystring') return ({ request }) => eventQuery(request.query).single?.[name];
    return (exchange) => {
      const value = contextVariables(exchange, place)(source);
      return value === undefined || value === null ? undefined : String(value);
    };
  };
}
