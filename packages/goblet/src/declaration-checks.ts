import { DeclarationError } from './declaration-error.js';
import type { SourceLine } from './definition.js';
import { captureOf, joinPaths } from './path.js';
import type { Book, Checks } from './recorder.js';
import { showLine } from './source-line.js';

/** A route as it stands in a book, mounts resolved up to that book. */
export interface Declared {
  readonly method: string;
  readonly path: string;
  readonly source: SourceLine | undefined;
}

export const newChecks = (): Checks => ({ declared: new Map(), variables: new Map(), mountedIn: [] });

const LITERAL = /^[\w.~!$&'(),;=:@-]+$/;
const OPTIONS = /^(body|query|params|headers|response|status|errors|auth|scopes|summary|description|tags|cors|stream)$/;

/**
 * What API Gateway would refuse in a path is refused where it is declared.
 * @throws DeclarationError
 */
export function checkPath(path: string): void {
  const wrong = (what: string): never => {
    throw new DeclarationError('GOBLET_PATH', `"${path}" ${what}`);
  };
  if (typeof path !== 'string' || path[0] !== '/') wrong('does not start with "/"');
  if (path === '/') return;
  const names = new Set<string>();
  const segments = path.slice(1).split('/');
  segments.forEach((segment, i) => {
    const [name, greedy] = captureOf(segment) ?? [];
    if (name === undefined) {
      if (segment === '') wrong('has an empty segment; remove the extra "/"');
      if (segment[0] === ':') wrong(`has "${segment}"; write "{${segment.slice(1)}}"`);
      if (segment.includes('*')) wrong('has "*"; write "{rest+}"');
      if (!LITERAL.test(segment))
        wrong(`has the segment "${segment}"; a segment is literal, {name}, or {name+} at the end`);
    } else {
      if (names.has(name)) wrong(`captures "${name}" twice`);
      names.add(name);
      if (greedy && i < segments.length - 1) wrong(`goes on after {${name}+}, which takes the rest of the path`);
    }
  });
}

const STATUSED = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** @throws DeclarationError for a route that no compiler saw, or that it could not judge */
export function checkRoute(methods: readonly string[], path: string, options: object, handler: unknown): void {
  checkPath(path);
  const shown = `${methods.join(', ')} ${path}`;
  for (const method of methods)
    if (!STATUSED.test(method))
      throw new DeclarationError('GOBLET_ROUTE_METHOD', `${shown} has the unknown method "${method}"`);
  if (!methods.length) throw new DeclarationError('GOBLET_ROUTE_METHOD', `${path} has no method`);
  if (typeof handler !== 'function')
    throw new DeclarationError('GOBLET_ROUTE_HANDLER', `${shown} has no handler function`);
  for (const key in options)
    if (!OPTIONS.test(key))
      throw new DeclarationError('GOBLET_ROUTE_OPTION', `${shown} has the unknown option "${key}"`);
  const { status, auth } = options as { status?: unknown; auth?: unknown };
  if (Array.isArray(auth) && !auth.length)
    throw new DeclarationError('GOBLET_AUTH_UNKNOWN', `${shown} has no name in auth: []; write auth: false to open it`);
  if (status !== undefined && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599))
    throw new DeclarationError('GOBLET_ROUTE_STATUS', `${shown} has the status ${status}; a status is 200 to 599`);
}

/** Names that a request has already. */
const TAKEN =
  /^(method|path|params|query|headers|cookies|body|rawBody|auth|deps|env|event|context|log|signal|all|constructor|__proto__)$/;

/** @throws DeclarationError for a value that would hide a part of the request */
export function checkValues(values: object): void {
  for (const name of Object.keys(values))
    if (TAKEN.test(name))
      throw new DeclarationError('GOBLET_WITH_NAME', `with({ ${name} }) would hide the request's own ${name}`);
}

/** @throws DeclarationError where API Gateway would refuse the two routes side by side */
export function admit(book: Book, route: Declared): void {
  const { method, path, source } = route;
  const key = `${method} ${path}`;
  const shown = (declared: Declared) => showLine(declared.source, `${declared.method} ${declared.path}`);
  const same = book.checks.declared.get(key);
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
    const other = book.checks.variables.get(level);
    if (!other) book.checks.variables.set(level, { name, by: route });
    else if (other.name !== name)
      throw new DeclarationError(
        'GOBLET_ROUTE_VARIABLE',
        `API Gateway takes one name at a level, but it is {${other.name}} at ${shown(other.by)} and {${name}} at ${shown(route)}`,
      );
  }
  book.checks.declared.set(key, route);
  for (const { book: outer, prefix } of book.checks.mountedIn)
    admit(outer, { method, path: joinPaths(prefix, path), source });
}

const reaches = (from: Book, to: Book): boolean =>
  from === to || from.entries.some((entry) => entry.kind === 'mount' && reaches(entry.book, to));

/** Admits the routes of a router, those that it has and those that it gets later. @throws DeclarationError */
export function admitMount(book: Book, router: Book, prefix: string, functionName: string | undefined): void {
  checkPath(prefix);
  if (functionName !== undefined && !/^[A-Za-z][A-Za-z0-9]*$/.test(functionName))
    throw new DeclarationError('GOBLET_FUNCTION_NAME', `"${functionName}" is no function name; use letters and digits`);
  if (reaches(router, book))
    throw new DeclarationError('GOBLET_MOUNT_CYCLE', `the router mounted at ${prefix} would contain itself`);
  for (const route of router.checks.declared.values()) admit(book, { ...route, path: joinPaths(prefix, route.path) });
  router.checks.mountedIn.push({ book, prefix });
}
