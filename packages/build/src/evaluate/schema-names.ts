import type { Schema } from 'goblet/definition';
import type { InventorySchema, JsonSchema } from '../inventory.js';
import { describeSchema, isSchema } from './json-schema.js';

/**
 * Gives each schema one name: its export's, else its own id or title, else one derived from its first use. Characters
 * that component names do not allow (OpenAPI 3.1, Components Object) become underscores.
 */
export class SchemaNames {
  readonly #exported: ReadonlyMap<Schema, string>;
  readonly #reserved: ReadonlySet<string>;
  readonly #names = new Map<Schema, string>();
  readonly #described = new Map<string, InventorySchema>();

  constructor(moduleExports: Readonly<Record<string, unknown>>) {
    this.#exported = new Map(
      Object.entries(moduleExports).flatMap(([name, value]) =>
        isSchema(value) ? [[value, name.replace(/[^A-Za-z0-9_]/g, '_')] as const] : [],
      ),
    );
    this.#reserved = new Set(this.#exported.values());
  }

  /** The name of `schema`; `firstUse` is in PascalCase, as in `CreateUserBody`. */
  name(schema: Schema, firstUse: string): string {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const described = describeSchema(schema);
    const exported = this.#exported.get(schema);
    const wanted = exported ?? ownName(described) ?? firstUse;
    let name = wanted;
    for (let n = 2; this.#described.has(name) || (exported !== wanted && this.#reserved.has(name)); n += 1) {
      name = `${wanted}${n}`;
    }
    this.#names.set(schema, name);
    this.#described.set(name, described);
    return name;
  }

  /** Every schema that was named, and every exported schema, which may be nested in the others. */
  all(): Readonly<Record<string, InventorySchema>> {
    for (const [schema, name] of this.#exported) this.name(schema, name);
    return Object.fromEntries([...this.#described].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function ownName({ input, output }: InventorySchema): string | undefined {
  const candidates = [
    input?.id,
    output?.id,
    definitionName(input),
    definitionName(output),
    input?.title,
    output?.title,
  ];
  return candidates.find(
    (candidate): candidate is string => typeof candidate === 'string' && /^[A-Za-z][A-Za-z0-9_]*$/.test(candidate),
  );
}

/** Zod writes a schema with an id as a mere reference to the definition of that name. */
function definitionName(schema: JsonSchema | undefined): string | undefined {
  const { $ref, $defs, ...more } = schema ?? {};
  if (typeof $ref !== 'string' || Object.keys(more).length > 0) return undefined;
  return /^#\/\$defs\/(.+)$/.exec($ref)?.[1];
}

/** `createUser` becomes `CreateUser`; without a handle, `GET /users/{name}` becomes `GetUsersName`. */
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
