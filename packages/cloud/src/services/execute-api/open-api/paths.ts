import { variableName } from '../router.js';
import { badRequest } from './refusal.js';

const PATH_PART = /^[a-zA-Z0-9._\-:,~$!@&=;'()*]+$/;

/** Why a path part is not one, in API Gateway's words. */
export function pathPartProblem(part: string): string | undefined {
  if (PATH_PART.test(part) || variableName(part) !== undefined) return undefined;
  return "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.";
}

/**
 * The paths of an API as one tree: each level has at most one variable, greedy ones end their path.
 * @throws BadRequestException in the import's words
 */
export function checkPaths(paths: readonly string[]): void {
  const variables = new Map<string, string>();
  for (const path of paths) {
    if (!path.startsWith('/')) throw badRequest(`Invalid OpenAPI input: the path ${path} does not begin with /`);
    let parent = '';
    for (const part of path === '/' ? [] : path.slice(1).split('/')) {
      const at = `${parent}/${part}`;
      const refuse = (why: string) =>
        badRequest(`Errors found during import:\n\tUnable to create resource at path '${at}': ${why}`);
      const problem = pathPartProblem(part);
      if (problem !== undefined) throw refuse(problem);
      if (parent.endsWith('+}')) throw refuse('Cannot create a child of a resource with a greedy path variable.');
      if (part.startsWith('{')) {
        const sibling = variables.get(parent);
        if (sibling !== undefined && sibling !== part) {
          throw refuse(
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
