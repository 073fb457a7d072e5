import { APP, type SourceLine } from '../definition.js';
import { DeclarationError } from './declaration-error.js';
import type { Checks, Declarations, Declared } from './declarations.js';
import { checkMountOptions, checkRouteOptions } from './option-checks.js';
import { captureOf, joinPaths } from './path.js';
import { showLine } from './source-line.js';

/** The checks of a new app or router. */
export const newChecks = (): Checks | undefined => ({
  declared: new Map(),
  variables: new Map(),
  mountedIn: [],
  started: false,
  source: undefined,
});

/**
 * Characters that REST APIs accept ("Amazon API Gateway important notes", and "$", which the CDK's own tests deploy).
 */
const LITERAL = /^[\w.:,$-]+$/;

/**
 * Refuses at the declaration a path that API Gateway would refuse.
 * @throws DeclarationError
 */
export function checkPath(path: unknown, ...lines: readonly (SourceLine | undefined)[]): void {
  const wrong = (what: string) => new DeclarationError('GOBLET_PATH', `"${String(path)}" ${what}`, ...lines);
  if (typeof path !== 'string' || path[0] !== '/') throw wrong('does not start with "/"');
  if (path === '/') return;
  const names = new Set<string>();
  const segments = path.slice(1).split('/');
  segments.forEach((segment, i) => {
    const [name, greedy] = captureOf(segment) ?? [];
    if (name === undefined) {
      if (segment === '') throw wrong('has an empty segment; remove the extra "/"');
      if (segment === '.' || segment === '..')
        throw wrong(`has "${segment}", which clients resolve before they send the request`);
      if (segment[0] === ':') throw wrong(`has "${segment}"; write "{${segment.slice(1)}}"`);
      if (segment.includes('*')) throw wrong('has "*"; write "{rest+}"');
      if (!LITERAL.test(segment))
        throw wrong(
          `has the segment "${segment}"; a segment is letters, digits and any of _-.:,$, or {name}, or {name+} at the end`,
        );
    } else {
      if (names.has(name)) throw wrong(`captures "${name}" twice`);
      names.add(name);
      if (greedy && i < segments.length - 1)
        throw wrong(`continues after {${name}+}, which captures the rest of the path`);
    }
  });
}

const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** @throws DeclarationError for methods that API Gateway does not route, or for no method */
function checkMethods(methods: unknown, path: string, source: SourceLine | undefined): void {
  const wrong = (what: string) => new DeclarationError('GOBLET_ROUTE_METHOD', what, source);
  if (!Array.isArray(methods)) throw wrong(`${path} has ${JSON.stringify(methods)} where an array of methods belongs`);
  if (!methods.length) throw wrong(`${path} has no method`);
  const shown = `${methods.join(', ')} ${path}`;
  for (const method of methods) if (!METHOD.test(method)) throw wrong(`${shown} has the unknown method "${method}"`);
  if (new Set(methods).size < methods.length) throw wrong(`${shown} names a method twice`);
}

/** @throws DeclarationError for mistakes that the compiler did not or could not see */
export function checkRoute(
  methods: readonly string[],
  path: string,
  options: unknown,
  handler: unknown,
  source: SourceLine | undefined,
): void {
  checkPath(path, source);
  checkMethods(methods, path, source);
  const shown = `${methods.join(', ')} ${path}`;
  if (typeof handler !== 'function')
    throw new DeclarationError('GOBLET_ROUTE_HANDLER', `${shown} has no handler function`, source);
  checkRouteOptions(options, shown, source);
  const { status, auth } = options as { status?: unknown; auth?: unknown };
  if (Array.isArray(auth) && !auth.length)
    throw new DeclarationError(
      'GOBLET_AUTH_UNKNOWN',
      `${shown} has no name in auth: []; write auth: false to open it`,
      source,
    );
  if (status !== undefined && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599))
    throw new DeclarationError(
      'GOBLET_ROUTE_STATUS',
      `${shown} has the status ${status}; it must be 200 to 599`,
      source,
    );
}

/** @throws DeclarationError for a value that is not a function */
export function checkFunction(value: unknown, where: string, source: SourceLine | undefined): void {
  if (typeof value !== 'function')
    throw new DeclarationError('GOBLET_NO_FUNCTION', `${where} needs a function`, source);
}

/** Names of parts of a request. */
const TAKEN =
  /^(method|path|params|query|headers|cookies|body|rawBody|auth|deps|env|event|context|log|signal|all|close|constructor|__proto__)$/;

/** @throws DeclarationError for a value that would hide a part of the request, or is not computed by a function */
export function checkValues(values: object, source: SourceLine | undefined): void {
  for (const [name, make] of Object.entries(values ?? {})) {
    if (TAKEN.test(name))
      throw new DeclarationError('GOBLET_WITH_NAME', `with({ ${name} }) would hide the request's own ${name}`, source);
    checkFunction(make, `with({ ${name} })`, source);
  }
}

/** @throws DeclarationError if an app that contains it has started: its routes are final */
export function checkOpen({ checks }: Declarations, what: string, source: SourceLine | undefined): void {
  if (!checks) return;
  if (checks.started)
    throw new DeclarationError('GOBLET_DECLARED_LATE', `${what} is declared after its app was started`, source);
  for (const { declarations } of checks.mountedIn) checkOpen(declarations, what, source);
}

const shown = ({ method, path, source, mounted }: Declared): string =>
  `${showLine(source, `${method} ${path}`)}${mounted ? `, mounted at ${showLine(mounted, '')}` : ''}`;

/** @throws DeclarationError if API Gateway would refuse the two routes together */
export function admit(declarations: Declarations, route: Declared): void {
  const { method, path, source } = route;
  // A prefix and a path may each be correct but not together.
  checkPath(path, source, route.mounted);
  const key = `${method} ${path}`;
  const { checks } = declarations;
  if (!checks) return;
  const same = checks.declared.get(key);
  if (same)
    throw new DeclarationError(
      'GOBLET_ROUTE_DUPLICATE',
      `${key} is declared ${source && same.source ? `at ${shown(same)} and ${shown(route)}` : 'twice'}; remove one`,
    );
  let level = '';
  for (const segment of path.split('/')) {
    const [name, greedy] = captureOf(segment) ?? [];
    level += `/${name === undefined ? segment : `{${greedy}}`}`;
    if (name === undefined) continue;
    const other = checks.variables.get(level);
    if (!other) checks.variables.set(level, { name, by: route });
    else if (other.name !== name)
      throw new DeclarationError(
        'GOBLET_ROUTE_VARIABLE',
        `API Gateway accepts one name at a level, but it is {${other.name}} at ${shown(other.by)} and {${name}} at ${shown(route)}`,
      );
  }
  checks.declared.set(key, route);
  for (const mount of checks.mountedIn)
    admit(mount.declarations, { ...route, path: joinPaths(mount.prefix, path), mounted: mount.source });
}

/** The mounts by which one app or router contains the other, the outermost first. */
function mountsBetween(from: Declarations, to: Declarations): readonly (SourceLine | undefined)[] | undefined {
  if (from === to) return [];
  for (const entry of from.entries) {
    const rest = entry.kind === 'mount' ? mountsBetween(entry.declarations, to) : undefined;
    if (rest && entry.kind === 'mount') return [entry.source, ...rest];
  }
  return undefined;
}

/**
 * Admits the routes of a router, both current and later ones.
 * @throws DeclarationError
 */
export function admitMount(
  declarations: Declarations,
  router: { readonly declarations: Declarations },
  prefix: string,
  options: unknown,
  source: SourceLine | undefined,
): void {
  checkPath(prefix, source);
  const where = `mount("${prefix}")`;
  checkOpen(declarations, where, source);
  if (!Array.isArray(router?.declarations?.entries) || APP in router)
    throw new DeclarationError('GOBLET_MOUNT_ROUTER', `${where} needs a Router; an app cannot be mounted`, source);
  checkMountOptions(options, where, source);
  const inside = router.declarations;
  const cycle = mountsBetween(inside, declarations);
  if (cycle) {
    const lines = cycle.flatMap((line) => (line ? [showLine(line, '')] : []));
    const by = lines.length ? `, by the mount at ${lines.join(' and ')}` : '';
    throw new DeclarationError(
      'GOBLET_MOUNT_CYCLE',
      `the router mounted at ${prefix} would contain itself${by}`,
      source,
    );
  }
  if (!inside.checks) return;
  const { declared, mountedIn } = inside.checks;
  const again = mountedIn.find((mount) => mount.declarations === declarations && mount.prefix === prefix);
  if (again) {
    const lines = source && again.source ? ` at ${showLine(again.source, '')} and ${showLine(source, '')}` : ' twice';
    throw new DeclarationError('GOBLET_MOUNT_DUPLICATE', `one router is mounted at ${prefix}${lines}; remove one`);
  }
  for (const route of declared.values())
    admit(declarations, { ...route, path: joinPaths(prefix, route.path), mounted: source });
  mountedIn.push({ declarations, prefix, source });
}
