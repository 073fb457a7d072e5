import type { Duration } from 'aws-cdk-lib';
import { GobletError, type GobletErrorCode } from './errors.js';
import { at, functionLine, type Inventory } from './inventory.js';
import type { GobletOptions, UncheckedNeeds } from './props.js';
import { needsBinding } from './sources/index.js';

/** Ids of the construct's own children. */
const RESERVED = new Set(['RestApi', 'HttpApi', 'WebSocketApi', 'AccessLogs', 'Domain']);
/** What stands beside a function, under its name and one of these. */
const BESIDE_FUNCTION = ['Logs', 'Role', 'Policy', 'Schedule', 'Rule', 'Topic', 'Bucket'];
const BOUND_AUTHORIZERS = new Set(['cognito', 'jwt']);
const BINDABLE_AUTHORIZERS = new Set([...BOUND_AUTHORIZERS, 'apiKey']);

/** @throws GobletError for the first need that is not bound, and the first binding or option that names nothing */
export function checkNeeds(inventory: Inventory, options: GobletOptions & UncheckedNeeds): void {
  const { environment = {}, sources = {}, auth = {}, functions = {} } = options;
  const check = new Bindings(`the app${at(inventory.source)}`);
  check.known('functions', functions, inventory.functions, 'GOBLET_CDK_FUNCTION_UNKNOWN');
  checkNames(inventory);
  checkFrontDoors(inventory);

  const variables = inventory.environment;
  const required = variables.filter((variable) => variable.required);
  check.bound('environment', required, environment, 'GOBLET_CDK_ENVIRONMENT_UNBOUND');
  check.known('environment', environment, variables, 'GOBLET_CDK_ENVIRONMENT_UNKNOWN');

  const boundSources = inventory.sources.filter(({ kind }) => needsBinding(kind));
  check.bound('sources', boundSources, sources, 'GOBLET_CDK_SOURCE_UNBOUND');
  check.known('sources', sources, boundSources, 'GOBLET_CDK_SOURCE_UNKNOWN');

  const boundAuthorizers = inventory.authorizers.filter(({ kind }) => BOUND_AUTHORIZERS.has(kind));
  check.bound('auth', boundAuthorizers, auth, 'GOBLET_CDK_AUTH_UNBOUND');
  const bindable = inventory.authorizers.filter(({ kind }) => BINDABLE_AUTHORIZERS.has(kind));
  check.known('auth', auth, bindable, 'GOBLET_CDK_AUTH_UNKNOWN');
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
    `${name}${at(functionLine(inventory, name))} has a timeout of ${timeout.toSeconds()} seconds, and API Gateway waits for ${limit}; give it at most that, or move the work to a queue`,
  );
}

interface Named {
  readonly name: string;
}

/** Compares what is bound with what an app declares. */
class Bindings {
  readonly #app: string;

  constructor(app: string) {
    this.#app = app;
  }

  bound(property: string, needs: readonly Named[], given: Readonly<Record<string, unknown>>, code: GobletErrorCode) {
    const missing = needs.filter(({ name }) => given[name] === undefined).map(({ name }) => name);
    if (missing.length === 0) return;
    throw new GobletError(code, `${this.#app} needs ${missing.join(', ')}; give ${property}: { ${missing[0]}: … }`);
  }

  known(property: string, given: Readonly<Record<string, unknown>>, needs: readonly Named[], code: GobletErrorCode) {
    const known = needs.map(({ name }) => name);
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const remedy = known.length === 0 ? 'leave it out' : `write one of ${known.join(', ')}`;
    throw new GobletError(code, `${property} has ${unknown}, which ${this.#app} does not declare; ${remedy}`);
  }
}

function checkNames(inventory: Inventory): void {
  const taken = new Set(RESERVED);
  for (const { name } of inventory.functions) for (const suffix of BESIDE_FUNCTION) taken.add(`${name}${suffix}`);
  const reserved = inventory.functions.find(({ name }) => taken.has(name));
  if (reserved === undefined) return;
  throw new GobletError(
    'GOBLET_CDK_NAME_RESERVED',
    `${reserved.name}${at(functionLine(inventory, reserved.name))} is a name of the construct's own; call the function something else`,
  );
}

/** The authorizers that another front door than the API checks itself, and what a person calls it. */
const FRONT_DOORS: Readonly<Record<string, { readonly called: string; readonly checks: readonly string[] }>> = {
  url: { called: 'a Function URL', checks: ['iam'] },
  alb: { called: 'a load balancer', checks: [] },
};

/** @throws GobletError GOBLET_CDK_FRONT_DOOR_OPEN for a guarded route that could only ever answer 401 behind a front door */
function checkFrontDoors({ alsoBehind = [], authorizers, routes }: Inventory): void {
  for (const door of alsoBehind) {
    const { called = door, checks = [] } = FRONT_DOORS[door] ?? {};
    const unchecked = authorizers.filter(({ kind }) => !checks.includes(kind)).map(({ name }) => name);
    const route = routes.find(({ auth }) => auth.some((name) => unchecked.includes(name)));
    if (route === undefined) continue;
    const guard = route.auth.find((name) => unchecked.includes(name));
    const others = checks.length === 0 ? '' : `, or guard the route by ${checks.join(' or ')}()`;
    throw new GobletError(
      'GOBLET_CDK_FRONT_DOOR_OPEN',
      `${route.method} ${route.path}${at(route.source)} is guarded by ${guard}, which ${called} does not check; take '${door}' out of alsoBehind${others}`,
    );
  }
}
