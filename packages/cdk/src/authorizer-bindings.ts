import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type BindingKind, has } from './bindings.js';
import type { Inventory, InventoryAuthorizer } from './inventory.js';
import type { ApiKeyBinding, AuthorizerBinding, UserPoolBinding } from './props.js';

const isUserPool = (given: unknown): given is cognito.IUserPool => has(given, 'userPoolArn');

const isUserPoolBinding = (given: unknown): given is UserPoolBinding =>
  has(given, 'userPool') && isUserPool(given.userPool);

const isIssuer = (given: unknown): boolean =>
  has(given, 'issuer') &&
  typeof given.issuer === 'string' &&
  given.issuer !== '' &&
  has(given, 'audience') &&
  Array.isArray(given.audience) &&
  given.audience.length > 0;

const USAGE_PLAN = { apiKeys: true, throttle: true, quota: true } satisfies Record<keyof ApiKeyBinding, true>;

const isUsagePlan = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && Object.keys(given).every((name) => Object.hasOwn(USAGE_PLAN, name));

/** The user pool of a binding for an authorizer of kind `cognito`. */
export function userPoolOf(binding: AuthorizerBinding | undefined): cognito.IUserPool {
  if (isUserPool(binding)) return binding;
  if (isUserPoolBinding(binding)) return binding.userPool;
  throw new Error('checkNeeds accepts no other binding');
}

/** The kinds that need a binding. */
export const needsBinding = ({ kind }: InventoryAuthorizer): boolean => kind === 'cognito' || kind === 'jwt';

/** The binding that authorizers of a kind accept; undefined for kinds without one. */
export function authorizerBinding({ kind }: InventoryAuthorizer, api: Inventory['api']): BindingKind | undefined {
  if (kind === 'jwt') {
    return {
      takes: 'the URL of a token issuer and an audience',
      give: "{ issuer: 'https://…', audience: ['…'] }",
      fits: isIssuer,
    };
  }
  if (kind === 'apiKey') {
    return { takes: 'the settings of a usage plan', give: '{ apiKeys, throttle, quota }', fits: isUsagePlan };
  }
  if (kind !== 'cognito') return undefined;
  if (api === 'rest') {
    return { takes: 'a user pool', give: 'userPool', fits: (given) => isUserPool(given) || isUserPoolBinding(given) };
  }
  // An HTTP API checks the ids of the clients as audience.
  return {
    takes: 'a user pool and the clients whose tokens it accepts',
    give: '{ userPool, userPoolClients: [client] }',
    fits: (given) =>
      isUserPoolBinding(given) && Array.isArray(given.userPoolClients) && given.userPoolClients.length > 0,
  };
}
