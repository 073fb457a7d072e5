import { checkScopes } from '#parts/scopes';
import { isPromise } from '../awaitable.js';
import type { FlatRoute } from '../declare/app-runtime.js';
import type { AuthorizerDefinition, Schema } from '../definition.js';
import { asynchronousClaims } from '../errors/auth.js';
import type { FrontDoor, GatewayEvent } from '../http/dialect.js';
import { Unauthorized } from '../http/errors.js';
import type { Logger } from '../lambda/logger.js';
import type { Found } from './scopes.js';

type Bag = Found['result'];

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const filled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * The result of the front door's authorizer of this kind, or `undefined`. Each kind is read only where its front door
 * writes it, so that one result never passes for another: API Gateway developer guide, "Input format of a Lambda
 * function for proxy integration" and "AWS Lambda proxy integrations for HTTP APIs"; Lambda developer guide, "Invoking
 * Lambda function URLs". A Function URL has only IAM, an ALB has nothing.
 */
export function resultOf(kind: AuthorizerDefinition['kind'], event: GatewayEvent, door: FrontDoor): Found | undefined {
  const { authorizer, identity } = event.requestContext ?? {};
  const rest = door === 'rest';
  if (door === 'alb' || (door === 'url' && kind !== 'iam')) return undefined;
  if (kind === 'iam') {
    const signer = rest ? identity : authorizer?.iam;
    if (!isBag(signer) || !filled(signer.userArn)) return undefined;
    const { userArn, accountId } = signer;
    return { result: { userArn, accountId, callerId: rest ? signer.caller : signer.callerId } };
  }
  // Payload 1.0 is REST's format, to which an HTTP API adds its version. REST has no JWT, HTTP has no API keys.
  if (rest && kind === (event.version ? 'apiKey' : 'jwt')) return undefined;
  if (kind === 'apiKey')
    return rest && filled(identity?.apiKeyId) ? { result: { apiKeyId: identity.apiKeyId } } : undefined;
  const written = rest ? authorizer : kind === 'authorizer' ? authorizer?.lambda : authorizer?.jwt;
  if (!isBag(written)) return undefined;
  if (kind === 'authorizer') return filled(written.principalId) ? { result: texts(written) } : undefined;
  const { claims, scopes } = written;
  return isBag(claims) && Object.keys(claims).length ? { result: claims, scopes } : undefined;
}

/** A context value keeps its type in an HTTP API and is text in a REST API; handlers read text. */
const texts = (values: Bag): Bag =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/** The parts of an exchange that authorizers need. */
interface Guarded {
  readonly route: FlatRoute | undefined;
  readonly event: GatewayEvent;
  readonly dialect: { readonly frontDoor: FrontDoor };
  readonly container: { readonly runtime: { readonly auth: Readonly<Record<string, AuthorizerDefinition>> } };
  readonly request: { readonly log: Logger };
  /** The results, once they are read. */
  auth?: unknown;
}

/** The result of one authorizer. */
function resultUnder(name: string, { options }: FlatRoute, exchange: Guarded): unknown {
  const { event, dialect, container, request } = exchange;
  const definition = container.runtime.auth[name];
  const found = definition && resultOf(definition.kind, event, dialect.frontDoor);
  if (!found) {
    request.log.error('The event carries no result of the authorizer that guards the route', { authorizer: name });
    throw new Unauthorized();
  }
  checkScopes(name, definition, found, options.scopes, request.log);
  const schema = definition.options.claims as Schema | undefined;
  if (!schema) return found.result;
  const result = schema['~standard'].validate(found.result);
  if (isPromise(result)) throw new TypeError(asynchronousClaims(name));
  if (result.issues) {
    request.log.warn('The claims do not match their schema', { authorizer: name, issues: result.issues });
    throw new Unauthorized();
  }
  return result.value;
}

/** The result itself, or each under its name if there are several. */
function resultsFor(exchange: Guarded): unknown {
  const { route } = exchange;
  const names = route?.auth ?? [];
  const [first] = names;
  if (!route || first === undefined) return undefined;
  const read = (name: string) => resultUnder(name, route, exchange);
  if (typeof route.options.auth !== 'object') return read(first);
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/**
 * The results of the route's authorizers, read once in an exchange.
 * @throws Unauthorized if any of them has no result in the event, behind any front door
 * @throws InsufficientScope if a token has none of the route's scopes
 */
export function readAuth(exchange: Guarded): unknown {
  if (!('auth' in exchange)) exchange.auth = resultsFor(exchange);
  return exchange.auth;
}
