import { list, object, optionalText } from './json.js';

/** The use that an import makes of a definition's base path ("Set the OpenAPI basePath property for an API"). */
export type BasePathMode = 'ignore' | 'prepend' | 'split';

type Json = Readonly<Record<string, unknown>>;

/** The path that all paths of a definition are put below; empty for none. */
export function pathPrefix(raw: Json, mode: BasePathMode): string {
  if (mode === 'ignore') return '';
  const parts = basePathOf(raw)
    .split('/')
    .filter((part) => part !== '');
  // A split base path selects the API by its first part, which a domain's mapping takes.
  const kept = mode === 'split' ? parts.slice(1) : parts;
  return kept.map((part) => `/${part}`).join('');
}

/** `basePath` of 2.0; of 3.0 the variable of this name, else the path of the first server. */
function basePathOf(raw: Json): string {
  if (raw.openapi === undefined) return optionalText(raw.basePath, 'basePath') ?? '';
  const servers = list(raw.servers, 'servers').map((server) => object(server, 'servers'));
  for (const server of servers) {
    const { basePath } = object(server.variables, 'servers.variables');
    if (basePath !== undefined) return optionalText(object(basePath, 'basePath').default, 'basePath') ?? '';
  }
  const url = optionalText(servers[0]?.url, 'servers.url') ?? '';
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '');
}
