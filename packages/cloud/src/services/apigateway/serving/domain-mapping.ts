import type { DomainMapping, DomainRecord } from '../records/domain.js';

/**
 * The mapping that takes a request: the one with the longest path (developer guide, "Map API stages to a custom domain
 * name for HTTP APIs").
 * @param path as sent, with a slash in front
 */
export function mappingOf({ mappings }: DomainRecord, path: string): DomainMapping | undefined {
  return mappings
    .filter(({ basePath }) => basePath === '' || path === `/${basePath}` || path.startsWith(`/${basePath}/`))
    .sort((a, b) => b.basePath.length - a.basePath.length)[0];
}
