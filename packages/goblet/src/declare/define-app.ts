import { hasTokens } from '../auth/tokens.js';
import { APP, type AppDefinition } from '../definition.js';
import { invalidScope, noScope, scopesWithoutToken, unknownAuthorizer, webSocketGuard } from '../errors/auth.js';
import { sameFunction } from '../errors/functions.js';
import { greedyBeside, pathOfHttpApi, streamOfHttpApi } from '../errors/routes.js';
import { handledTwice, notSource } from '../errors/sources.js';
import type { CorsOptions } from '../http/cors.js';
import { corsDefinition } from '../http/cors.js';
import { type AppRuntime, type FlatRoute, RUNTIME } from './app-runtime.js';
import { DeclarationError } from './declaration-error.js';
import type { Declarations } from './declarations.js';
import { checkFunctionName } from './option-checks.js';
import { showLine } from './source-line.js';

const hasSchema = ({ options: { body, query, params, headers, response } }: FlatRoute): boolean =>
  Boolean(body ?? query ?? params ?? headers ?? response);

/** The conditions under which a bundler leaves out the parts of the framework (src/parts) that this app does without. */
function omittedBy(runtime: AppRuntime, frontDoors: readonly string[], { entries }: Declarations): readonly string[] {
  const { routes, sources, api } = runtime;
  const omitted: Readonly<Record<string, boolean>> = {
    tooling: true,
    auth: routes.every(({ auth }) => !auth.length) && Object.values(sources).every(({ options }) => !options.auth),
    scopes: routes.every(({ options }) => !options.scopes),
    cors: routes.every(({ cors }) => !cors),
    env: !Object.keys(runtime.env).length,
    events: !runtime.events.length,
    functions: routes.every((route) => route.function === 'APIHandler'),
    debug: !runtime.debug,
    setup: !runtime.setup && !Object.keys(runtime.env).length,
    teardown: !runtime.teardown && !runtime.setup,
    listeners: !runtime.listeners.length,
    compression: !runtime.compression,
    mounts: entries.every(({ kind }) => kind !== 'mount'),
    middleware: routes.every(({ layers }) => layers.every(({ steps }) => !steps.length)),
    schemas: !routes.some(hasSchema),
    paths: !frontDoors.length,
    rest: api !== 'rest',
    http: api !== 'http',
    url: !frontDoors.includes('url'),
    alb: !frontDoors.includes('alb'),
    stream: !routes.some(({ options }) => options.stream),
  };
  return Object.entries(omitted).flatMap(([part, omit]) => (omit ? [`goblet-without-${part}`] : []));
}

/** @throws DeclarationError if a route or handler names something that the app does not declare or cannot have */
function check(runtime: AppRuntime): void {
  const { routes, events, sources, auth, api } = runtime;
  const levels = new Map<string, FlatRoute>();
  for (const route of routes) {
    const where = showLine(route.source, `${route.method} ${route.path}`);
    for (const name of route.auth)
      if (!Object.hasOwn(auth, name)) throw new DeclarationError(unknownAuthorizer(where, name));
    checkScopes(route, auth, where);
    if (route.options.stream && api === 'http') throw new DeclarationError(streamOfHttpApi(where));
    if (api === 'http' && /[,$]/.test(route.path)) throw new DeclarationError(pathOfHttpApi(where));
    checkLevel(route, levels, api, where);
  }
  checkGuards(runtime);
  const handled = new Map<string, string>();
  for (const { name, source } of events) {
    const where = showLine(source, `on("${name}")`);
    if (!Object.hasOwn(sources, name)) throw new DeclarationError(notSource(where, name));
    const first = handled.get(name);
    if (first) throw new DeclarationError(handledTwice(name, first, where));
    handled.set(name, where);
  }
}

/** API Gateway has two kinds of authorizers for connections ("Control and manage access to WebSocket APIs"). */
function checkGuards({ sources, auth }: AppRuntime): void {
  for (const [name, { options }] of Object.entries(sources)) {
    if (options.auth === undefined) continue;
    const guard = String(options.auth);
    const authorizer = Object.hasOwn(auth, guard) ? auth[guard] : undefined;
    if (!authorizer) throw new DeclarationError(unknownAuthorizer(`the source "${name}"`, guard));
    if (authorizer.kind !== 'iam' && authorizer.options.type !== 'REQUEST')
      throw new DeclarationError(webSocketGuard(name, guard));
  }
}

/** Only tokens have scopes; other callers could never meet the requirement. */
function checkScopes({ auth, options: { scopes } }: FlatRoute, declared: AppRuntime['auth'], where: string): void {
  if (scopes === undefined) return;
  if (!Array.isArray(scopes) || !scopes.length) throw new DeclarationError(noScope(where));
  for (const scope of scopes)
    if (typeof scope !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))
      throw new DeclarationError(invalidScope(where, scope));
  if (!auth.some((name) => declared[name] && hasTokens(declared[name])))
    throw new DeclarationError(scopesWithoutToken(where, auth));
}

/** @throws DeclarationError if two Lambda functions have the same name, or one has a name that AWS does not accept */
function checkFunctions({ routes, sources, auth }: AppRuntime): void {
  const users = new Map<string, { readonly kind: string; readonly where: string }>();
  const use = (name: string, kind: string, where: string): void => {
    const other = users.get(name);
    if (other && other.kind !== kind) throw new DeclarationError(sameFunction(name, other.where, where));
    if (!other) users.set(name, { kind, where });
  };
  for (const { function: name, options, source, method, path } of routes) {
    const kind = options.stream ? 'streaming routes' : 'routes';
    use(name, kind, showLine(source, `${method} ${path}`));
  }
  const own = Object.keys(auth).filter((name) => auth[name]?.options.answer);
  for (const [kind, names] of [
    ['source', Object.keys(sources)],
    ['authorizer', own],
  ] as const)
    for (const name of names) {
      checkFunctionName(name, undefined);
      use(name, kind, `the ${kind} "${name}"`);
    }
}

/** A REST API accepts `{name}` or `{name+}` at a level, not both. */
function checkLevel(route: FlatRoute, levels: Map<string, FlatRoute>, api: string, where: string): void {
  if (api !== 'rest') return;
  const segments = route.path.split('/');
  segments.forEach((segment, i) => {
    const capture = /^\{[^+]+(\+?)\}$/.exec(segment);
    if (!capture) return;
    const level = segments
      .slice(0, i)
      .join('/')
      .replace(/\{[^/]+\}/g, '{}');
    const other = levels.get(`${level} ${capture[1] ? '' : '+'}`);
    if (other) throw new DeclarationError(greedyBeside(showLine(other.source, `${other.method} ${other.path}`), where));
    levels.set(`${level} ${capture[1]}`, route);
  });
}

/** An app with everything that it declares. */
interface Declared {
  readonly name: string;
  readonly record: Declarations<{
    readonly cors?: CorsOptions | boolean;
    readonly alsoBehind?: readonly string[];
  }>;
  readonly [RUNTIME]: AppRuntime;
}

/** @throws DeclarationError */
function defineApp({ name, record, [RUNTIME]: runtime }: Declared): AppDefinition {
  const { cors, alsoBehind = [] } = record.options;
  check(runtime);
  checkFunctions(runtime);
  return {
    version: 1,
    name,
    api: runtime.api,
    env: runtime.env,
    sources: runtime.sources,
    auth: runtime.auth,
    alsoBehind,
    cors: corsDefinition(cors),
    routes: runtime.routes,
    handlers: runtime.events.map((event) => ({ kind: 'event', source: event.name, line: event.source })),
    bundleConditions: omittedBy(runtime, alsoBehind, record),
    source: record.checks?.source,
  };
}

/** Gives the apps of a class their definition, which tools read and a bundled function does not. */
export function definedForTools(App: Function): void {
  Object.defineProperty(App.prototype, APP, {
    get(this: Declared): AppDefinition {
      return defineApp(this);
    },
  });
}
