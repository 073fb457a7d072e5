import type { InventorySchema } from '../inventory.js';

export type SchemaObject = Readonly<Record<string, unknown>>;

const ROOT = '#/components/schemas/';

/**
 * The named schemas of a document. A schema that reads the same in requests and responses is one component; otherwise
 * what a request carries is `<name>Input`.
 */
export class Components {
  readonly #schemas: Readonly<Record<string, InventorySchema>>;
  readonly #used = new Map<string, SchemaObject>();
  /** References to the app's object schemas by what they say, since libraries write a schema within another in full. */
  readonly #known = new Map<string, () => SchemaObject>();

  /** Names of the document's own schemas by what they say. */
  readonly #own = new Map<string, string>();

  constructor(schemas: Readonly<Record<string, InventorySchema>>) {
    this.#schemas = schemas;
    for (const [name, { input, output }] of Object.entries(schemas)) {
      if (isComposite(input)) this.#known.set(JSON.stringify(input), () => this.input(name));
      if (isComposite(output)) this.#known.set(JSON.stringify(output), () => this.output(name));
    }
  }

  /** A reference to what requests carry. */
  input(name: string): SchemaObject {
    const schema = this.#schemas[name];
    if (schema?.input === undefined) return unknownSchema(schema);
    return this.#refer(sameBothWays(schema) || schema.output === undefined ? name : `${name}Input`, schema.input);
  }

  /** A reference to what responses carry. */
  output(name: string): SchemaObject {
    const schema = this.#schemas[name];
    if (schema?.output === undefined) return unknownSchema(schema);
    return this.#refer(name, sameBothWays(schema) ? (schema.input ?? schema.output) : schema.output);
  }

  /** What requests carry, as it is; `undefined` where its library cannot say it. */
  inputSchema(name: string): SchemaObject | undefined {
    return this.#schemas[name]?.input;
  }

  /** A reference to a schema of the document's own, under the name or, where the app has that, the name and a number. */
  add(name: string, schema: SchemaObject): SchemaObject {
    const text = JSON.stringify(schema);
    const known = this.#own.get(text);
    if (known !== undefined) return { $ref: `${ROOT}${known}` };
    let free = name;
    for (let n = 2; this.#isTaken(free); n += 1) free = `${name}${n}`;
    this.#own.set(text, free);
    return this.#refer(free, schema);
  }

  /** Schemas of the app that come up later have their names all the same. */
  #isTaken(name: string): boolean {
    const inputOf = name.replace(/Input$/, '');
    return this.#used.has(name) || Object.hasOwn(this.#schemas, name) || Object.hasOwn(this.#schemas, inputOf);
  }

  all(): Readonly<Record<string, SchemaObject>> {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #refer(name: string, schema: SchemaObject): SchemaObject {
    if (!this.#used.has(name)) this.#define(name, schema);
    return { $ref: `${ROOT}${name}` };
  }

  /** Puts the schema's own `$defs` beside it, since a reference in it counts from the root of the document. */
  #define(name: string, schema: SchemaObject): void {
    const { $defs, $id: _, id: __, ...rest } = schema;
    const definitions = isRecord($defs) ? $defs : {};
    const target = (reference: string): string => {
      if (reference === '#') return `${ROOT}${name}`;
      const definition = /^#\/\$defs\/(.+)$/.exec(reference)?.[1];
      return definition === undefined ? reference : `${ROOT}${componentName(name, definition)}`;
    };
    this.#used.set(name, {});
    this.#used.set(name, this.#members(rest, target));
    for (const [key, definition] of Object.entries(definitions)) {
      if (isRecord(definition)) this.#used.set(componentName(name, key), this.#members(definition, target));
    }
  }

  #members(schema: SchemaObject, target: (reference: string) => string): SchemaObject {
    return Object.fromEntries(
      Object.entries(schema).map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string' ? target(value) : this.#member(value, target),
      ]),
    );
  }

  #member(value: unknown, target: (reference: string) => string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#member(item, target));
    if (!isRecord(value)) return value;
    return this.#known.get(JSON.stringify(value))?.() ?? this.#members(value, target);
  }
}

/** What is worth a reference: objects with fields. */
function isComposite(schema: SchemaObject | undefined): schema is SchemaObject {
  return schema !== undefined && isRecord(schema.properties) && Object.keys(schema.properties).length > 0;
}

/** Components are named by `[A-Za-z0-9._-]+` (OpenAPI 3.1, Components Object). */
function componentName(owner: string, definition: string): string {
  return `${owner}.${definition.replace(/[^A-Za-z0-9._-]/g, '_')}`;
}

function unknownSchema(schema: InventorySchema | undefined): SchemaObject {
  return schema?.reason === undefined ? {} : { $comment: schema.reason };
}

/** Zod closes the objects of outputs, since it strips unknown keys; that alone makes no second component. */
function sameBothWays({ input, output }: InventorySchema): boolean {
  return JSON.stringify(open(input)) === JSON.stringify(open(output));
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key, item]) => !(key === 'additionalProperties' && item === false));
  return Object.fromEntries(entries.map(([key, item]) => [key, open(item)]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
