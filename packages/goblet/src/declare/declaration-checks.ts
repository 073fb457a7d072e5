import { APP, type SourceLine } from '../definition.js';
import { declaredLate, hidesRequest, mountCycle, mountedTwice, notFunction, notRouter } from '../errors/app.js';
import { emptyAuth } from '../errors/auth.js';
import {
  afterGreedy,
  capturedTwice,
  colonSegment,
  declaredTwice,
  dotSegment,
  emptySegment,
  invalidSegment,
  methodsNotArray,
  methodTwice,
  noHandler,
  noMethod,
  noSlash,
  routeStatus,
  starSegment,
  unknownMethod,
  variablesDiffer,
} from '../errors/routes.js';
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
  if (typeof path !== 'string' || path[0] !== '/') throw new DeclarationError(noSlash(path, lines));
  if (path === '/') return;
  const names = new Set<string>();
  const segments = path.slice(1).split('/');
  segments.forEach((segment, i) => {
    const [name, greedy] = captureOf(segment) ?? [];
    if (name === undefined) {
      if (segment === '') throw new DeclarationError(emptySegment(path, lines));
      if (segment === '.' || segment === '..') throw new DeclarationError(dotSegment(path, segment, lines));
      if (segment[0] === ':') throw new DeclarationError(colonSegment(path, segment, lines));
      if (segment.includes('*')) throw new DeclarationError(starSegment(path, lines));
      if (!LITERAL.test(segment)) throw new DeclarationError(invalidSegment(path, segment, lines));
    } else {
      if (names.has(name)) throw new DeclarationError(capturedTwice(path, name, lines));
      names.add(name);
      if (greedy && i < segments.length - 1) throw new DeclarationError(afterGreedy(path, name, lines));
    }
  });
}

const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** @throws DeclarationError for methods that API Gateway does not route, or for no method */
function checkMethods(methods: unknown, path: string, source: SourceLine | undefined): void {
  if (!Array.isArray(methods)) throw new DeclarationError(methodsNotArray(path, methods, source));
  if (!methods.length) throw new DeclarationError(noMethod(path, source));
  const shown = `${methods.join(', ')} ${path}`;
  for (const method of methods)
    if (!METHOD.test(method)) throw new DeclarationError(unknownMethod(shown, method, source));
  if (new Set(methods).size < methods.length) throw new DeclarationError(methodTwice(shown, source));
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
  if (typeof handler !== 'function') throw new DeclarationError(noHandler(shown, source));
  checkRouteOptions(options, shown, source);
  const { status, auth } = options as { status?: unknown; auth?: unknown };
  if (Array.isArray(auth) && !auth.length) throw new DeclarationError(emptyAuth(shown, source));
  if (status !== undefined && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599))
    throw new DeclarationError(routeStatus(shown, status, source));
}

/** @throws DeclarationError for a value that is not a function */
export function checkFunction(value: unknown, where: string, source: SourceLine | undefined): void {
  if (typeof value !== 'function') throw new DeclarationError(notFunction(where, source));
}

/** Names of parts of a request. */
const TAKEN =
  /^(method|path|params|query|headers|cookies|body|rawBody|auth|deps|env|event|context|log|signal|all|close|constructor|__proto__)$/;

/** @throws DeclarationError for a value that would hide a part of the request, or is not computed by a function */
export function checkValues(values: object, source: SourceLine | undefined): void {
  for (const [name, make] of Object.entries(values ?? {})) {
    if (TAKEN.test(name)) throw new DeclarationError(hidesRequest(name, source));
    checkFunction(make, `with({ ${name} })`, source);
  }
}

/** @throws DeclarationError if an app that contains it has started: its routes are final */
export function checkOpen({ checks }: Declarations, what: string, source: SourceLine | undefined): void {
  if (!checks) return;
  if (checks.started) throw new DeclarationError(declaredLate(what, source));
  for (const { record } of checks.mountedIn) checkOpen(record, what, source);
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
  if (same) {
    const places = [shown(same), shown(route)] as const;
    throw new DeclarationError(declaredTwice(key, source && same.source ? places : undefined));
  }
  let level = '';
  for (const segment of path.split('/')) {
    const [name, greedy] = captureOf(segment) ?? [];
    level += `/${name === undefined ? segment : `{${greedy}}`}`;
    if (name === undefined) continue;
    const other = checks.variables.get(level);
    if (!other) checks.variables.set(level, { name, by: route });
    else if (other.name !== name)
      throw new DeclarationError(
        variablesDiffer({ name: other.name, at: shown(other.by) }, { name, at: shown(route) }),
      );
  }
  checks.declared.set(key, route);
  for (const mount of checks.mountedIn)
    admit(mount.record, { ...route, path: joinPaths(mount.prefix, path), mounted: mount.source });
}

/** The mounts by which one app or router contains the other, the outermost first. */
function mountsBetween(from: Declarations, to: Declarations): readonly (SourceLine | undefined)[] | undefined {
  if (from === to) return [];
  for (const entry of from.entries) {
    const rest = entry.kind === 'mount' ? mountsBetween(entry.record, to) : undefined;
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
  router: { readonly record: Declarations },
  prefix: string,
  options: unknown,
  source: SourceLine | undefined,
): void {
  checkPath(prefix, source);
  const where = `mount("${prefix}")`;
  checkOpen(declarations, where, source);
  if (!Array.isArray(router?.record?.entries) || APP in router) throw new DeclarationError(notRouter(where, source));
  checkMountOptions(options, where, source);
  const inside = router.record;
  const cycle = mountsBetween(inside, declarations);
  if (cycle) {
    const lines = cycle.flatMap((line) => (line ? [showLine(line, '')] : []));
    throw new DeclarationError(mountCycle(prefix, lines, source));
  }
  if (!inside.checks) return;
  const { declared, mountedIn } = inside.checks;
  const again = mountedIn.find((mount) => mount.record === declarations && mount.prefix === prefix);
  if (again) {
    const lines = [showLine(again.source, ''), showLine(source, '')] as const;
    throw new DeclarationError(mountedTwice(prefix, source && again.source ? lines : undefined));
  }
  for (const route of declared.values())
    admit(declarations, { ...route, path: joinPaths(prefix, route.path), mounted: source });
  mountedIn.push({ record: declarations, prefix, source });
}
