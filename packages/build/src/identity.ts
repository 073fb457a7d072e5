import type { InventoryAuthorizer } from './inventory.js';

/** The identity sources of an app's own authorizer: the names of headers and of query parameters. */
export interface Identity {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

/** One name, or a list of them. */
const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

export function identityOf({ options }: InventoryAuthorizer): Identity {
  const headers = texts(options.header);
  const query = texts(options.query);
  return { headers: headers.length || query.length ? headers : ['Authorization'], query };
}
