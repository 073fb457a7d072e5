import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import type { AuthorizerDefinition, Schema } from '../definition.js';
import { Unauthorized } from '../errors.js';
import type { CompiledRoute } from './compile.js';
import type { GatewayEvent } from './dialect.js';

type Bag = Readonly<Record<string, unknown>>;

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const filled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * What the gateway's authorizer of this kind says of the caller, `undefined` where it says nothing. Each kind looks
 * only where its own authorizer writes, so that one kind's result never passes for another's.
 */
function resultOf(kind: AuthorizerDefinition['kind'], event: GatewayEvent): Bag | undefined {
  const { authorizer, identity } = event.requestContext ?? {};
  if (kind === 'apiKey') return filled(identity?.apiKeyId) ? { apiKeyId: identity.apiKeyId } : undefined;
  if (kind === 'iam') {
    const iam = isBag(authorizer?.iam) ? authorizer.iam : identity;
    if (!filled(iam?.userArn)) return undefined;
    return { userArn: iam.userArn, accountId: iam.accountId, callerId: iam.callerId ?? iam.caller };
  }
  if (!authorizer) return undefined;
  if (kind === 'cognito' || kind === 'jwt') {
    const claims = isBag(authorizer.jwt) ? authorizer.jwt.claims : kind === 'cognito' ? authorizer.claims : undefined;
    return isBag(claims) && Object.keys(claims).length ? claims : undefined;
  }
  // Goblet's own authorizers name the caller in payload 2.0 too, where API Gateway itself would not.
  const own = isBag(authorizer.lambda) ? authorizer.lambda : authorizer;
  return filled(own.principalId) ? own : undefined;
}

function one(name: string, event: GatewayEvent, container: Container): unknown {
  const definition = container.runtime.auth[name];
  const found = definition && resultOf(definition.kind, event);
  if (!found) {
    container.log.error('The event carries no result of the authorizer that guards the route', { authorizer: name });
    throw new Unauthorized();
  }
  const schema = definition.options.claims as Schema | undefined;
  if (!schema) return found;
  const result = schema['~standard'].validate(found);
  if (isPromise(result))
    throw new TypeError(`GOBLET_AUTH_SCHEMA: the schema of "${name}" is asynchronous; claims need one that is not`);
  if (result.issues) {
    container.log.warn('The claims do not match their schema', { authorizer: name, issues: result.issues });
    throw new Unauthorized();
  }
  return result.value;
}

/**
 * What the route's authorizers say: the one result, or each under its name where there are several.
 * @throws Unauthorized where any of them has no result in the event, whatever the front door
 */
export function readAuth(route: CompiledRoute | undefined, event: GatewayEvent, container: Container): unknown {
  const names = route?.auth ?? [];
  const [first] = names;
  if (first === undefined) return undefined;
  if (typeof route?.options.auth !== 'object') return one(first, event, container);
  return Object.fromEntries(names.map((name) => [name, one(name, event, container)]));
}
