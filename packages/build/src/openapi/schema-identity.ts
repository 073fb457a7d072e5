import { isRecord, type SchemaObject } from './schema-object.js';

/** The definition to which a reference of a schema points: `Address` for `#/$defs/Address`. */
export function definitionKey(reference: string): string | undefined {
  return /^#\/\$defs\/(.+)$/.exec(reference)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
}

export function definitionsOf({ $defs }: SchemaObject): Readonly<Record<string, SchemaObject>> {
  return isRecord($defs) ? ($defs as Readonly<Record<string, SchemaObject>>) : {};
}

/** The schema at the root. Zod writes a schema with an id as a reference to its own definition. */
export function rootOf(schema: SchemaObject): SchemaObject {
  const { $defs: _, $id: __, id: ___, ...root } = schema;
  const key = Object.keys(root).length === 1 && typeof root.$ref === 'string' ? definitionKey(root.$ref) : undefined;
  return (key === undefined ? undefined : definitionsOf(schema)[key]) ?? root;
}

/**
 * A text that is equal for equal schemas, no matter how their definitions are called or where they are: references are
 * numbered in order of appearance.
 *
 * @param owner the schema whose root and definitions the references use
 * @param part a part of it (default: all of it)
 */
export function identityOf(owner: SchemaObject, part?: SchemaObject): string {
  const definitions = definitionsOf(owner);
  const root = rootOf(owner);
  const order = new Map<SchemaObject, number>();
  const texts: string[] = [];
  const visit = (schema: SchemaObject): number => {
    const known = order.get(schema);
    if (known !== undefined) return known;
    const index = order.size;
    order.set(schema, index);
    texts[index] = JSON.stringify(schema, (key, value: unknown) => {
      if (key !== '$ref' || typeof value !== 'string') return value;
      const target = value === '#' ? root : definitions[definitionKey(value) ?? ''];
      return target === undefined ? value : visit(target);
    });
    return index;
  };
  visit(part ?? root);
  return texts.join('\n');
}
