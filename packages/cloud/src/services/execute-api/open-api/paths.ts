import { badRequest } from './refusal.js';

/** How a kind of API takes the parts of its paths, and refuses those that it does not. */
export interface PathRule {
  readonly literal: RegExp;
  /** @param path up to the part and with it */
  readonly refusal: (path: string) => Error;
}

/**
 * REST APIs ("Amazon API Gateway important notes"): letters, digits, `_`, `-`, `.`, `,` and `:`. `$` is not among them
 * and accepted: the CDK deploys `/$appliances:all` in its own tests.
 */
export const REST_PATHS: PathRule = {
  literal: /^[a-zA-Z0-9._\-:,$]+$/,
  refusal: (path) => refusedImport(path, PART_REFUSAL),
};

/** HTTP APIs, whose refusal names the rule. */
export const HTTP_PATHS: PathRule = {
  literal: /^[a-zA-Z0-9.:_-]+$/,
  refusal: () =>
    badRequest(
      'One or more path parts appear to be invalid. Parts are validated against this regular expression: ^(\\{[\\w.:-]+\\+?\\}|[a-zA-Z0-9.:_-]+)$',
    ),
};

const VARIABLE = /^\{[\w.:-]+\+?\}$/;

const PART_REFUSAL =
  "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.";

/** Why a path part of a REST API is not one, in API Gateway's words. */
export function pathPartProblem(part: string): string | undefined {
  return isPathPart(part, REST_PATHS) ? undefined : PART_REFUSAL;
}

function isPathPart(part: string, { literal }: PathRule): boolean {
  return literal.test(part) || VARIABLE.test(part);
}

function refusedImport(path: string, why: string): Error {
  return badRequest(`Errors found during import:\n\tUnable to create resource at path '${path}': ${why}`);
}

/**
 * The paths of an API as one tree: each level has at most one variable, greedy ones end their path.
 * @throws BadRequestException in the import's words
 */
export function checkPaths(paths: readonly string[], rule: PathRule): void {
  const variables = new Map<string, string>();
  for (const path of paths) {
    if (!path.startsWith('/')) throw badRequest(`Invalid OpenAPI input: the path ${path} does not begin with /`);
    let parent = '';
    for (const part of path === '/' ? [] : path.slice(1).split('/')) {
      const at = `${parent}/${part}`;
      if (!isPathPart(part, rule)) throw rule.refusal(at);
      if (parent.endsWith('+}'))
        throw refusedImport(at, 'Cannot create a child of a resource with a greedy path variable.');
      if (part.startsWith('{')) {
        const sibling = variables.get(parent);
        if (sibling !== undefined && sibling !== part) {
          throw refusedImport(
            at,
            `A sibling (${sibling}) of this resource already has a variable path part -- only one is allowed`,
          );
        }
        variables.set(parent, part);
      }
      parent = at;
    }
  }
}

/** `/users/` and `/users` are one resource. */
export function resourcePath(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
