import type { Duration } from 'aws-cdk-lib';
import { authorizerBinding, needsBinding } from './authorizer-bindings.js';
import { type BindingKind, Bindings } from './bindings.js';
import { checkVariableNames, isSetByLambda, RUNTIME_VARIABLES } from './environment.js';
import { appEmpty, nameReserved, uncheckedRoute } from './errors/app.js';
import { timeoutTooLong } from './errors/limits.js';
import { at } from './errors/place.js';
import { GobletError } from './goblet-error.js';
import { functionLine, type Inventory, type InventoryAuthorizer } from './inventory.js';
import type { GobletOptions, UncheckedNeeds } from './props.js';
import { sourceBinding } from './sources/index.js';

/** Ids of the construct's own children. */
const RESERVED = new Set(['RestApi', 'HttpApi', 'WebSocketApi', 'AccessLogs', 'Domain']);
/** Suffixes of constructs that are created beside a function, under its name. */
const BESIDE_FUNCTION = ['Logs', 'Role', 'Policy', 'Schedule', 'Rule', 'Topic', 'Bucket'];
const TEXT: BindingKind = { takes: 'text', give: "'…'", fits: (given) => typeof given === 'string' };

/** @throws GobletError for the first need without a binding, and for the first unknown binding or option */
export function checkNeeds(inventory: Inventory, options: GobletOptions & UncheckedNeeds): void {
  const { environment = {}, sources = {}, auth = {}, functions = {} } = options;
  const check = new Bindings(`the app${at(inventory.source)}`);
  checkNotEmpty(inventory);
  check.known('functions', inventory.functions, functions);
  checkNames(inventory);
  checkFrontDoors(inventory);

  checkVariableNames(inventory, environment);
  const variables = inventory.environment.filter(({ name }) => !isSetByLambda(name));
  const settable = [...variables, ...RUNTIME_VARIABLES];
  const required = variables.filter((variable) => variable.required);
  check.bound('environment', required, environment);
  check.known('environment', settable, environment);
  check.fit('environment', settable, environment, () => TEXT);

  const boundSources = inventory.sources.filter((source) => sourceBinding(source) !== undefined);
  check.bound('sources', boundSources, sources);
  check.known('sources', boundSources, sources);
  check.fit('sources', boundSources, sources, sourceBinding);

  const { authorizers, api } = inventory;
  const binding = (authorizer: InventoryAuthorizer) => authorizerBinding(authorizer, api);
  const bindable = authorizers.filter((authorizer) => binding(authorizer) !== undefined);
  check.bound('auth', authorizers.filter(needsBinding), auth);
  check.known('auth', bindable, auth);
  check.fit('auth', bindable, auth, binding);
}

/** Seconds after which API Gateway itself gives up: the default of REST APIs, and the maximum of the others. */
const GATEWAY_TIMEOUT = { rest: 29, http: 30, websocket: 29 } as const;

/** @throws GobletError GOBLET_CDK_TIMEOUT_TOO_LONG for a function that could answer too late */
export function checkTimeout(inventory: Inventory, name: string, timeout: Duration): void {
  const gateway = gatewayOf(inventory, name);
  if (gateway === undefined || timeout.isUnresolved()) return;
  const limit = GATEWAY_TIMEOUT[gateway];
  if (timeout.toSeconds() <= limit) return;
  const fn = { name, source: functionLine(inventory, name) };
  throw new GobletError(timeoutTooLong(fn, timeout.toSeconds(), limit));
}

/** The kind of API that waits for a function's answer, if one does. */
function gatewayOf({ api, functions, sources }: Inventory, name: string): keyof typeof GATEWAY_TIMEOUT | undefined {
  const fn = functions.find((candidate) => candidate.name === name);
  if (fn?.kind !== 'source') return fn?.stream === true ? undefined : api;
  return sources.find((source) => source.function === name)?.kind === 'websocket' ? 'websocket' : undefined;
}

function checkNotEmpty({ routes, sources, source }: Inventory): void {
  if (routes.length === 0 && sources.length === 0) throw new GobletError(appEmpty(source));
}

function checkNames(inventory: Inventory): void {
  const taken = new Set(RESERVED);
  for (const { name } of inventory.functions) for (const suffix of BESIDE_FUNCTION) taken.add(`${name}${suffix}`);
  const reserved = inventory.functions.find(({ name }) => taken.has(name));
  if (reserved === undefined) return;
  const { name } = reserved;
  throw new GobletError(nameReserved({ name, source: functionLine(inventory, name) }));
}

/** The authorizers that a front door other than the API checks itself, and its name in messages. */
const FRONT_DOORS: Readonly<Record<string, { readonly called: string; readonly checks: readonly string[] }>> = {
  url: { called: 'a Function URL', checks: ['iam'] },
  alb: { called: 'a load balancer', checks: [] },
};

/** @throws GobletError GOBLET_CDK_FRONT_DOOR_OPEN for a guarded route that could only answer 401 behind a front door */
function checkFrontDoors({ alsoBehind = [], authorizers, routes }: Inventory): void {
  for (const door of alsoBehind) {
    const { called = door, checks = [] } = FRONT_DOORS[door] ?? {};
    const unchecked = authorizers.filter(({ kind }) => !checks.includes(kind)).map(({ name }) => name);
    const route = routes.find(({ auth }) => auth.some((name) => unchecked.includes(name)));
    if (route === undefined) continue;
    const guard = route.auth.find((name) => unchecked.includes(name));
    throw new GobletError(uncheckedRoute(route, guard, { door, called, checks }));
  }
}
