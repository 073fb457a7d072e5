import { hasTokens } from '../auth/read-auth.js';
import type { AppDefinition, SourceLine } from '../definition.js';
import type { CorsOptions } from '../http/cors.js';
import { corsDefinition } from '../http/cors.js';
import { DeclarationError } from './declaration-error.js';
import { checkFunctionName } from './option-checks.js';
import type { AppRuntime, FlatRoute } from './runtime.js';
import { showLine } from './source-line.js';

const hasSchema = ({ options: { body, query, params, headers, response } }: FlatRoute): boolean =>
  Boolean(body ?? query ?? params ?? headers ?? response);

/** The parts of the framework that this app's functions do not need, by the expressions that a bundler replaces. */
function omitted(runtime: AppRuntime, frontDoors: readonly string[], mounts: boolean): Record<string, string> {
  const { routes, sources, api } = runtime;
  const parts: Record<string, boolean> = {
    TOOLING: true,
    AUTH: routes.every(({ auth }) => !auth.length) && Object.values(sources).every(({ options }) => !options.auth),
    SCOPES: routes.every(({ options }) => !options.scopes),
    CORS: routes.every(({ cors }) => !cors),
    ENV: !Object.keys(runtime.env).length,
    EVENTS: !runtime.events.length,
    DEBUG: !runtime.debug,
    SETUP: !runtime.setup && !Object.keys(runtime.env).length,
    TEARDOWN: !runtime.teardown && !runtime.setup,
    LISTENERS: !runtime.listeners.length,
    COMPRESSION: !runtime.compression,
    MOUNTS: !mounts,
    MIDDLEWARE: routes.every(({ layers }) => layers.every(({ steps }) => !steps.length)),
    SCHEMAS: !routes.some(hasSchema),
    PATHS: !frontDoors.length,
    REST: api !== 'rest',
    HTTP: api !== 'http',
    URL: !frontDoors.includes('url'),
    ALB: !frontDoors.includes('alb'),
    STREAM: !routes.some(({ options }) => options.stream),
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, omit]) => [`process.env.GOBLET_OMIT_${name}`, omit ? '"1"' : '"0"']),
  );
}

/** @throws DeclarationError if a route or handler names something that the app does not declare or cannot have */
function check(runtime: AppRuntime): void {
  const { routes, events, sources, auth, api } = runtime;
  const levels = new Map<string, FlatRoute>();
  for (const route of routes) {
    const where = showLine(route.source, `${route.method} ${route.path}`);
    for (const name of route.auth)
      if (!Object.hasOwn(auth, name))
        throw new DeclarationError('GOBLET_AUTH_UNKNOWN', `${where} requires "${name}", which is not under auth`);
    checkScopes(route, auth, where);
    if (route.options.stream && api === 'http')
      throw new DeclarationError(
        'GOBLET_STREAM_API',
        `${where} streams, which API Gateway supports only for REST APIs`,
      );
    if (api === 'http' && /[,$]/.test(route.path))
      throw new DeclarationError(
        'GOBLET_PATH',
        `${where} has a "," or a "$", which an HTTP API does not accept in a path`,
      );
    checkLevel(route, levels, api, where);
  }
  checkGuards(runtime);
  const handled = new Map<string, string>();
  for (const { name, source } of events) {
    const where = showLine(source, `on("${name}")`);
    if (!Object.hasOwn(sources, name))
      throw new DeclarationError('GOBLET_SOURCE_UNKNOWN', `${where} handles "${name}", which is not under sources`);
    const first = handled.get(name);
    if (first)
      throw new DeclarationError(
        'GOBLET_SOURCE_DUPLICATE',
        `"${name}" is handled at ${first} and ${where}; remove one`,
      );
    handled.set(name, where);
  }
}

/** API Gateway has two kinds of authorizers for connections ("Control and manage access to WebSocket APIs"). */
function checkGuards({ sources, auth }: AppRuntime): void {
  for (const [name, { options }] of Object.entries(sources)) {
    if (options.auth === undefined) continue;
    const guard = String(options.auth);
    const authorizer = Object.hasOwn(auth, guard) ? auth[guard] : undefined;
    if (!authorizer)
      throw new DeclarationError(
        'GOBLET_AUTH_UNKNOWN',
        `the source "${name}" requires "${guard}", which is not under auth`,
      );
    if (authorizer.kind !== 'iam' && authorizer.options.type !== 'REQUEST')
      throw new DeclarationError(
        'GOBLET_WEBSOCKET_AUTH',
        `the source "${name}" is guarded by "${guard}", which API Gateway does not support for WebSocket APIs; use iam(), or authorizer() of type REQUEST`,
      );
  }
}

/** Only tokens have scopes; other callers could never meet the requirement. */
function checkScopes({ auth, options: { scopes } }: FlatRoute, declared: AppRuntime['auth'], where: string): void {
  if (scopes === undefined) return;
  const wrong = (what: string): never => {
    throw new DeclarationError('GOBLET_SCOPES', `${where} ${what}`);
  };
  if (!Array.isArray(scopes) || !scopes.length) wrong('has no scope in its scopes; name one, or leave them out');
  for (const scope of scopes)
    if (typeof scope !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))
      wrong(`has the scope ${JSON.stringify(scope)}; a scope is text without spaces`);
  if (!auth.some((name) => declared[name] && hasTokens(declared[name])))
    wrong(
      `has scopes, and ${auth.length ? `the callers of ${auth.join(' and ')} have` : 'is open to callers with'} no token; guard it by cognito() or jwt()`,
    );
}

/** @throws DeclarationError if two Lambda functions have the same name, or one has a name that AWS does not accept */
function checkFunctions({ routes, sources, auth }: AppRuntime): void {
  const users = new Map<string, { readonly kind: string; readonly where: string }>();
  const use = (name: string, kind: string, where: string): void => {
    const other = users.get(name);
    if (other && other.kind !== kind)
      throw new DeclarationError(
        'GOBLET_FUNCTION_CLASH',
        `"${name}" would be two Lambda functions, of ${other.where} and of ${where}; give one another name`,
      );
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
    if (other)
      throw new DeclarationError(
        'GOBLET_ROUTE_VARIABLE',
        `a REST API accepts one variable at a level, but ${showLine(other.source, `${other.method} ${other.path}`)} and ${where} have {name} and {name+}`,
      );
    levels.set(`${level} ${capture[1]}`, route);
  });
}

/**
 * The definition of an app, for tools.
 * @throws DeclarationError
 */
export function defineApp(
  name: string,
  runtime: AppRuntime,
  cors: CorsOptions | boolean | undefined,
  alsoBehind: readonly string[],
  mounts: boolean,
  source: SourceLine | undefined,
): AppDefinition {
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
    bundleDefine: omitted(runtime, alsoBehind, mounts),
    source,
  };
}
