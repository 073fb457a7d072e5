import type { InventorySchema } from '../inventory.js';
import { definitionKey, definitionsOf, identityOf, rootOf } from './schema-identity.js';
import { isRecord, type SchemaObject } from './schema-object.js';

const ROOT = '#/components/schemas/';

/**
 * The named schemas of a document. A schema that is the same in requests and responses is one component; otherwise the
 * request schema is `<name>Input`. A nested schema becomes a reference if it has a name: that of an equal schema of the
 * app, because libraries write nested schemas in full, else that of its definition.
 */
export class Components {
  readonly #schemas: Readonly<Record<string, InventorySchema>>;
  readonly #used = new Map<string, SchemaObject>();
  /** References to the app's schemas by their contents. */
  readonly #known = new Map<string, () => SchemaObject>();
  /** Names of definitions and of the document's own schemas by their contents. */
  readonly #own = new Map<string, string>();
  readonly #inputNames = new Map<string, string>();

  constructor(schemas: Readonly<Record<string, InventorySchema>>) {
    this.#schemas = schemas;
    for (const [name, { input, output }] of Object.entries(schemas)) {
      if (isShared(input)) this.#known.set(identityOf(input), () => this.input(name));
      if (isShared(output)) this.#known.set(identityOf(output), () => this.output(name));
    }
  }

  /** A reference to the request schema. */
  input(name: string): SchemaObject {
    const schema = this.#schemas[name];
    if (schema?.input === undefined) return unknownSchema(schema);
    const same = sameBothWays(schema) || schema.output === undefined;
    return this.#refer(same ? name : this.#inputName(name), schema.input);
  }

  /** A reference to the response schema. */
  output(name: string): SchemaObject {
    const schema = this.#schemas[name];
    if (schema?.output === undefined) return unknownSchema(schema);
    return this.#refer(name, sameBothWays(schema) ? (schema.input ?? schema.output) : schema.output);
  }

  /** The request schema in full, not as a component; `undefined` if its library cannot express it. */
  inputInFull(name: string): SchemaObject | undefined {
    const schema = this.#schemas[name]?.input;
    return schema === undefined ? undefined : this.#members(rootOf(schema), { name, schema });
  }

  /** A reference to a schema of the document itself, under this name, or with a number if the app uses the name. */
  add(name: string, schema: SchemaObject): SchemaObject {
    const identity = identityOf(schema);
    const known = this.#own.get(identity);
    if (known !== undefined) return reference(known);
    const free = this.#free(name);
    this.#own.set(identity, free);
    return this.#refer(free, schema);
  }

  all(): Readonly<Record<string, SchemaObject>> {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #inputName(name: string): string {
    const known = this.#inputNames.get(name);
    if (known !== undefined) return known;
    const wanted = `${name}Input`;
    const made = Object.hasOwn(this.#schemas, wanted) ? this.#free(wanted) : wanted;
    this.#inputNames.set(name, made);
    return made;
  }

  /** Schemas of the app that come up later keep their names. */
  #free(name: string): string {
    const taken = (candidate: string) =>
      this.#used.has(candidate) ||
      Object.hasOwn(this.#schemas, candidate) ||
      Object.hasOwn(this.#schemas, candidate.replace(/Input$/, ''));
    let free = name;
    for (let n = 2; taken(free); n += 1) free = `${name}${n}`;
    return free;
  }

  #refer(name: string, schema: SchemaObject): SchemaObject {
    if (!this.#used.has(name)) {
      // Reserved before it is written, because it may contain itself.
      this.#used.set(name, {});
      this.#used.set(name, this.#members(rootOf(schema), { name, schema }));
    }
    return reference(name);
  }

  #members(part: SchemaObject, owner: Owner): SchemaObject {
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => key !== '$defs')
        .flatMap(([key, value]) =>
          key === '$ref' && typeof value === 'string'
            ? Object.entries(this.#target(value, owner))
            : [[key, this.#member(value, owner)]],
        ),
    );
  }

  #member(value: unknown, owner: Owner): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#member(item, owner));
    if (!isRecord(value)) return value;
    const known = isShared(value) ? this.#known.get(identityOf(owner.schema, value)) : undefined;
    return known?.() ?? this.#members(value, owner);
  }

  /** References in a schema use its own root and definitions; those of the document use components. */
  #target(referred: string, owner: Owner): SchemaObject {
    if (referred === '#') return reference(owner.name);
    const key = definitionKey(referred);
    const definition = key === undefined ? undefined : definitionsOf(owner.schema)[key];
    if (key === undefined || definition === undefined) return { $ref: referred };
    if (definition === rootOf(owner.schema)) return reference(owner.name);
    const identity = identityOf(owner.schema, definition);
    const known = this.#known.get(identity);
    if (known !== undefined) return known();
    const own = this.#own.get(identity);
    if (own !== undefined) return reference(own);
    const name = this.#free(definitionName(key, owner.name));
    this.#own.set(identity, name);
    this.#used.set(name, {});
    this.#used.set(name, this.#members(definition, owner));
    return reference(name);
  }
}

/** A schema, whose root and definitions references use, and its component. */
interface Owner {
  readonly name: string;
  readonly schema: SchemaObject;
}

const reference = (name: string): SchemaObject => ({ $ref: `${ROOT}${name}` });

/** Schemas that deserve a reference: objects with fields, choices of such objects, and enumerations. */
function isShared(schema: SchemaObject | undefined): schema is SchemaObject {
  if (schema === undefined) return false;
  const { $ref, properties, oneOf, anyOf } = rootOf(schema);
  if (typeof $ref === 'string') return false;
  if (isRecord(properties) && Object.keys(properties).length > 0) return true;
  if (Array.isArray(schema.enum)) return schema.enum.length > 1;
  return [oneOf, anyOf].some(
    (choices) =>
      Array.isArray(choices) && choices.some((choice) => isRecord(choice) && ('$ref' in choice || isShared(choice))),
  );
}

/** Component names match `[A-Za-z0-9._-]+` (OpenAPI 3.1, Components Object). Zod's own `__schema0` is not a name. */
function definitionName(key: string, owner: string): string {
  const name = key.replace(/[^A-Za-z0-9._-]/g, '_');
  return name.startsWith('__') ? `${owner}.${name}` : name;
}

function unknownSchema(schema: InventorySchema | undefined): SchemaObject {
  return schema?.reason === undefined ? {} : { $comment: schema.reason };
}

/**
 * Zod closes output objects, because it strips unknown keys. That difference alone does not make a second component.
 */
function sameBothWays({ input, output }: InventorySchema): boolean {
  return JSON.stringify(open(input)) === JSON.stringify(open(output));
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key, item]) => !(key === 'additionalProperties' && item === false));
  return Object.fromEntries(entries.map(([key, item]) => [key, open(item)]));
}
