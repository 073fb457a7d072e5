import type { Schema } from 'goblet/definition';
import type { InventorySchema } from '../inventory.js';
import { describeSchema } from './json-schema.js';

/** Gives each schema one name: its export's, else its own title or id, else one made from its first use. */
export class SchemaNames {
  readonly #exported: ReadonlyMap<unknown, string>;
  readonly #names = new Map<Schema, string>();
  readonly #described = new Map<string, InventorySchema>();

  constructor(moduleExports: Readonly<Record<string, unknown>>) {
    this.#exported = new Map(Object.entries(moduleExports).map(([name, value]) => [value, name]));
  }

  /** The name of `schema`; `firstUse` is in PascalCase, as in `CreateUserBody`. */
  name(schema: Schema, firstUse: string): string {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const described = describeSchema(schema);
    const name = this.#unique(this.#exported.get(schema) ?? ownName(described) ?? firstUse);
    this.#names.set(schema, name);
    this.#described.set(name, described);
    return name;
  }

  all(): Readonly<Record<string, InventorySchema>> {
    return Object.fromEntries([...this.#described].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #unique(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#described.has(name); n += 1) name = `${wanted}${n}`;
    return name;
  }
}

function ownName({ input, output }: InventorySchema): string | undefined {
  for (const candidate of [input?.id, output?.id, input?.title, output?.title]) {
    if (typeof candidate === 'string' && /^[A-Za-z][A-Za-z0-9_]*$/.test(candidate)) return candidate;
  }
  return undefined;
}

/** `createUser` is `CreateUser`; without a handle, `GET /users/{name}` is `GetUsersName`. */
export function routeTypeName(method: string, path: string, handle: string | undefined): string {
  if (handle !== undefined) return capitalise(handle);
  const words = [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/)];
  return words
    .filter((word) => word !== '')
    .map(capitalise)
    .join('');
}

export function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
