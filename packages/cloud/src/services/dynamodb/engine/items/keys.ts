import { db } from '../../input/dynalite.js';
import { asSchema, attributeTypeOf, type IndexOfTable, keyNames, type Table } from '../tables/table.js';
import { type AttributeValue, attributeOf, type Item, scalarOf, typeOf } from './attribute-value.js';

/**
 * Where an item lies below its table: a hash of the partition key, the partition key, the sort key, so that a partition
 * is one range in the order of its sort key, numbers included (dynalite's keys).
 */
export function itemKey(item: Item, table: Table): string {
  return db.createKey(item, asSchema(table));
}

/**
 * True if an item belongs to an index: it has every key attribute of the index, in the type that the index requires.
 * Items that were there before the index may have other types, or empty text; they are not in the index.
 */
export function isIndexed(item: Item, table: Table, index: IndexOfTable): boolean {
  return keyNames(index.KeySchema).every((name) => {
    const value = attributeOf(item, name);
    return value !== undefined && value[attributeTypeOf(table, name)] !== undefined && scalarOf(value) !== '';
  });
}

/** Where the entry of an item lies below an index. The item's own key ends it: entries of equal index keys stay apart. */
export function indexKey(item: Item, table: Table, index: IndexOfTable): string {
  return db.createKey(item, asSchema(table), index.KeySchema) + itemKey(item, table);
}

/** The beginning of the keys of all items of one partition. */
export function partitionPrefix(value: AttributeValue): string {
  const type = typeOf(value);
  const text = scalarOf(value);
  return `${db.hashPrefix(text, type)}/${db.toRangeStr(text, type)}/`;
}

/** A sort key inside its partition, without the `/` that ends it. */
export function sortKey(value: AttributeValue): string {
  return db.toRangeStr(scalarOf(value), typeOf(value));
}

/** Comes after every character of a key. */
export const AFTER = '~';
