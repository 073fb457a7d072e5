import type { SourceLine } from '../definition.js';
import { coded, type Lines } from './catalogue.js';

type Source = SourceLine | undefined;

export const GOBLET_PATH =
  'API Gateway does not accept a path. Write literal segments of letters, digits and `_-.:` (a REST API also accepts `,` and `$`), `{name}`, and `{name+}` at the end, without a trailing slash.';

const wrongPath = (path: unknown, what: string, lines: Lines) =>
  coded('GOBLET_PATH', `"${String(path)}" ${what}`, ...lines);

export const noSlash = (path: unknown, lines: Lines) => wrongPath(path, 'does not start with "/"', lines);

export const emptySegment = (path: string, lines: Lines) =>
  wrongPath(path, 'has an empty segment; remove the extra "/"', lines);

export const dotSegment = (path: string, segment: string, lines: Lines) =>
  wrongPath(path, `has "${segment}", which clients resolve before they send the request`, lines);

export const colonSegment = (path: string, segment: string, lines: Lines) =>
  wrongPath(path, `has "${segment}"; write "{${segment.slice(1)}}"`, lines);

export const starSegment = (path: string, lines: Lines) => wrongPath(path, 'has "*"; write "{rest+}"', lines);

export const invalidSegment = (path: string, segment: string, lines: Lines) =>
  wrongPath(
    path,
    `has the segment "${segment}"; a segment is letters, digits and any of _-.:,$, or {name}, or {name+} at the end`,
    lines,
  );

export const capturedTwice = (path: string, name: string, lines: Lines) =>
  wrongPath(path, `captures "${name}" twice`, lines);

export const afterGreedy = (path: string, name: string, lines: Lines) =>
  wrongPath(path, `continues after {${name}+}, which captures the rest of the path`, lines);

export const pathOfHttpApi = (route: string) =>
  coded('GOBLET_PATH', `${route} has a "," or a "$", which an HTTP API does not accept in a path`);

export const GOBLET_ROUTE_DUPLICATE = 'A method and path are declared twice. Remove one.';

/** @param places both declarations, if their lines are known */
export const declaredTwice = (route: string, places: readonly [string, string] | undefined) =>
  coded(
    'GOBLET_ROUTE_DUPLICATE',
    `${route} is declared ${places ? `at ${places.join(' and ')}` : 'twice'}; remove one`,
  );

export const GOBLET_ROUTE_HANDLER = 'A route has no handler function. Pass the handler last.';

export const noHandler = (route: string, source: Source) =>
  coded('GOBLET_ROUTE_HANDLER', `${route} has no handler function`, source);

export const GOBLET_ROUTE_METHOD =
  'A route has no method, names a method twice, or names one that API Gateway does not route. Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.';

export const methodsNotArray = (path: string, methods: unknown, source: Source) =>
  coded('GOBLET_ROUTE_METHOD', `${path} has ${JSON.stringify(methods)} where an array of methods belongs`, source);

export const noMethod = (path: string, source: Source) => coded('GOBLET_ROUTE_METHOD', `${path} has no method`, source);

export const unknownMethod = (route: string, method: string, source: Source) =>
  coded('GOBLET_ROUTE_METHOD', `${route} has the unknown method "${method}"`, source);

export const methodTwice = (route: string, source: Source) =>
  coded('GOBLET_ROUTE_METHOD', `${route} names a method twice`, source);

export const GOBLET_ROUTE_OPTION =
  'A route has an unknown option, or an option with an invalid value. Correct its name or its value; the message says what is valid.';

export const noRouteOptions = (route: string, given: unknown, source: Source) =>
  coded(
    'GOBLET_ROUTE_OPTION',
    `${route} has ${typeof given === 'function' ? 'a function' : String(given)} instead of its options; wrap handlers with use()`,
    source,
  );

export const GOBLET_ROUTE_STATUS = 'A route has an invalid status. Use 200 to 599.';

export const routeStatus = (route: string, status: unknown, source: Source) =>
  coded('GOBLET_ROUTE_STATUS', `${route} has the status ${status}; it must be 200 to 599`, source);

export const GOBLET_ROUTE_VARIABLE =
  'Two routes have different variables at one level of their paths, which API Gateway refuses. Use the same name for both; in a REST API, `{name}` and `{name+}` cannot be at the same level.';

/** A variable of a path, and the place of the route that has it. */
export interface Variable {
  readonly name: string;
  readonly at: string;
}

export const variablesDiffer = (first: Variable, second: Variable) =>
  coded(
    'GOBLET_ROUTE_VARIABLE',
    `API Gateway accepts one name at a level, but it is {${first.name}} at ${first.at} and {${second.name}} at ${second.at}`,
  );

export const greedyBeside = (first: string, second: string) =>
  coded(
    'GOBLET_ROUTE_VARIABLE',
    `a REST API accepts one variable at a level, but ${first} and ${second} have {name} and {name+}`,
  );

export const GOBLET_STREAM_API =
  'A route of an HTTP API has `stream: true`; API Gateway supports streaming only for REST APIs. Use `api: "rest"`, or buffer the response.';

export const streamOfHttpApi = (route: string) =>
  coded('GOBLET_STREAM_API', `${route} streams, which API Gateway supports only for REST APIs`);
