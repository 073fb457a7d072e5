import { isPromise } from '../awaitable.js';
import type { FlatRoute } from '../declare/runtime.js';
import type { AuthorizerDefinition, Schema } from '../definition.js';
import type { FrontDoor, GatewayEvent } from '../http/dialect.js';
import { InsufficientScope, Unauthorized } from '../http/errors.js';
import type { Logger } from '../lambda/logger.js';

type Bag = Readonly<Record<string, unknown>>;

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const filled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What an authorizer says of the caller; `scopes` where it lists those of a token beside the claims. */
interface Found {
  readonly result: Bag;
  readonly scopes?: unknown;
}

/**
 * What the front door's authorizer of this kind says of the caller, `undefined` where it says nothing. Each kind is
 * looked for only where that front door writes it, so that one's result never passes for another's: API Gateway
 * developer guide, "Input format of a Lambda function for proxy integration" and "AWS Lambda proxy integrations for
 * HTTP APIs"; Lambda developer guide, "Invoking Lambda function URLs". A Function URL has nothing but IAM, an ALB nothing.
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
  // Payload 1.0 is REST's format, to which an HTTP API adds its version. The one has no JWT, the other no API keys.
  if (rest && kind === (event.version ? 'apiKey' : 'jwt')) return undefined;
  if (kind === 'apiKey')
    return rest && filled(identity?.apiKeyId) ? { result: { apiKeyId: identity.apiKeyId } } : undefined;
  const written = rest ? authorizer : kind === 'authorizer' ? authorizer?.lambda : authorizer?.jwt;
  if (!isBag(written)) return undefined;
  if (kind === 'authorizer') return filled(written.principalId) ? { result: texts(written) } : undefined;
  const { claims, scopes } = written;
  return isBag(claims) && Object.keys(claims).length ? { result: claims, scopes } : undefined;
}

/** A context value has its own type in an HTTP API and is text in a REST API; handlers read text. */
const texts = (values: Bag): Bag =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/**
 * The scopes of a token: listed by an HTTP API where its route asks for any, else in the claim `scope` or `scp`, which
 * is text with spaces (RFC 8693, 4.2), and in brackets where the token has a list.
 */
function scopesOf({ result: { scope, scp }, scopes }: Found): readonly unknown[] {
  const said = scopes ?? scope ?? scp;
  if (typeof said === 'string') return said.replace(/^\[(.*)\]$/, '$1').split(' ');
  return Array.isArray(said) ? said : [];
}

/** What of an exchange its authorizers are read by. */
interface Guarded {
  readonly route: FlatRoute | undefined;
  readonly event: GatewayEvent;
  readonly dialect: { readonly frontDoor: FrontDoor };
  readonly container: { readonly runtime: { readonly auth: Readonly<Record<string, AuthorizerDefinition>> } };
  readonly request: { readonly log: Logger };
}

/** What one authorizer says of the caller. */
function resultUnder(name: string, { options }: FlatRoute, exchange: Guarded): unknown {
  const { event, dialect, container, request } = exchange;
  const definition = container.runtime.auth[name];
  const found = definition && resultOf(definition.kind, event, dialect.frontDoor);
  if (!found) {
    request.log.error('The event carries no result of the authorizer that guards the route', { authorizer: name });
    throw new Unauthorized();
  }
  if (process.env.GOBLET_OMIT_SCOPES !== '1') checkScopes(name, definition, found, options.scopes, request);
  const schema = definition.options.claims as Schema | undefined;
  if (!schema) return found.result;
  const result = schema['~standard'].validate(found.result);
  if (isPromise(result))
    throw new TypeError(`GOBLET_AUTH_SCHEMA: the schema of "${name}" is asynchronous; claims need one that is not`);
  if (result.issues) {
    request.log.warn('The claims do not match their schema', { authorizer: name, issues: result.issues });
    throw new Unauthorized();
  }
  return result.value;
}

/** @throws InsufficientScope where the caller has a token, and it has none of the route's scopes */
function checkScopes(
  name: string,
  definition: AuthorizerDefinition,
  found: Found,
  scopes: readonly string[] | undefined,
  request: Guarded['request'],
): void {
  if (!scopes || !hasTokens(definition) || scopesOf(found).some((scope) => scopes.includes(scope as string))) return;
  request.log.warn('The token has none of the scopes of the route', { authorizer: name, scopes });
  throw new InsufficientScope(`The token needs one of the scopes ${scopes.join(', ')}`);
}

/** Whether callers bring a token, which has scopes. */
export const hasTokens = ({ kind }: AuthorizerDefinition): boolean => kind === 'cognito' || kind === 'jwt';

/**
 * What the route's authorizers say: the one result, or each under its name where there are several.
 * @throws Unauthorized where any of them has no result in the event, whatever the front door
 * @throws InsufficientScope where a token has none of the route's scopes
 */
export function readAuth(exchange: Guarded): unknown {
  const { route } = exchange;
  const names = route?.auth ?? [];
  const [first] = names;
  if (!route || first === undefined) return undefined;
  const read = (name: string) => resultUnder(name, route, exchange);
  if (typeof route.options.auth !== 'object') return read(first);
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}
