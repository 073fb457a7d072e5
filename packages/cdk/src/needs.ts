import type { Duration } from 'aws-cdk-lib';
import { GobletError, type GobletErrorCode } from './errors.js';
import type { Inventory } from './inventory.js';
import type { GobletOptions, UncheckedNeeds } from './props.js';
import { needsBinding } from './sources/index.js';

const RESERVED = new Set(['RestApi', 'HttpApi', 'WebSocketApi']);
const BOUND_AUTHORIZERS = new Set(['cognito', 'jwt']);
const BINDABLE_AUTHORIZERS = new Set([...BOUND_AUTHORIZERS, 'apiKey']);

/** @throws GobletError for the first need that is not bound, and the first binding or option that names nothing */
export function checkNeeds(inventory: Inventory, options: GobletOptions & UncheckedNeeds): void {
  const { environment = {}, sources = {}, auth = {}, functions = {} } = options;
  checkFunctions(inventory, functions);

  const variables = inventory.environment;
  checkBound('environment', required(variables), environment, 'GOBLET_CDK_ENVIRONMENT_UNBOUND');
  checkKnown('environment', environment, variables, 'GOBLET_CDK_ENVIRONMENT_UNKNOWN');

  const boundSources = inventory.sources.filter(({ kind }) => needsBinding(kind));
  checkBound('sources', boundSources, sources, 'GOBLET_CDK_SOURCE_UNBOUND');
  checkKnown('sources', sources, boundSources, 'GOBLET_CDK_SOURCE_UNKNOWN');

  const boundAuthorizers = inventory.authorizers.filter(({ kind }) => BOUND_AUTHORIZERS.has(kind));
  checkBound('auth', boundAuthorizers, auth, 'GOBLET_CDK_AUTH_UNBOUND');
  const bindable = inventory.authorizers.filter(({ kind }) => BINDABLE_AUTHORIZERS.has(kind));
  checkKnown('auth', auth, bindable, 'GOBLET_CDK_AUTH_UNKNOWN');
}

/** Seconds after which API Gateway gives up by itself: the default of REST APIs, and what HTTP APIs can have at most. */
const GATEWAY_TIMEOUT = { rest: 29, http: 30 } as const;

/** @throws GobletError GOBLET_CDK_TIMEOUT_TOO_LONG for a function that would answer nobody */
export function checkTimeout(inventory: Inventory, name: string, timeout: Duration): void {
  const fn = inventory.functions.find((candidate) => candidate.name === name);
  const limit = GATEWAY_TIMEOUT[inventory.api];
  if (fn?.kind === 'source' || fn?.stream === true || timeout.isUnresolved() || timeout.toSeconds() <= limit) return;
  throw new GobletError(
    'GOBLET_CDK_TIMEOUT_TOO_LONG',
    `${name} has a timeout of ${timeout.toSeconds()} seconds, and API Gateway waits for ${limit}; give it at most that, or move the work to a queue`,
  );
}

interface Named {
  readonly name: string;
}

function required(variables: Inventory['environment']): readonly Named[] {
  return variables.filter((variable) => variable.required);
}

function checkBound(
  property: string,
  needs: readonly Named[],
  given: Readonly<Record<string, unknown>>,
  code: GobletErrorCode,
): void {
  const missing = needs.filter(({ name }) => given[name] === undefined).map(({ name }) => name);
  if (missing.length === 0) return;
  throw new GobletError(code, `the app needs ${missing.join(', ')}; give ${property}: { ${missing[0]}: … }`);
}

function checkKnown(
  property: string,
  given: Readonly<Record<string, unknown>>,
  needs: readonly Named[],
  code: GobletErrorCode,
): void {
  const known = needs.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const declared = known.length === 0 ? 'none' : known.join(', ');
  throw new GobletError(code, `${property} binds ${unknown}, which the app does not declare (it declares ${declared})`);
}

function checkFunctions(inventory: Inventory, options: Readonly<Record<string, unknown>>): void {
  checkKnown('functions', options, inventory.functions, 'GOBLET_CDK_FUNCTION_UNKNOWN');
  const reserved = inventory.functions.find(({ name }) => RESERVED.has(name));
  if (reserved !== undefined) {
    throw new GobletError(
      'GOBLET_CDK_NAME_RESERVED',
      `${reserved.name} is a name of the construct's own; call the function something else`,
    );
  }
}
