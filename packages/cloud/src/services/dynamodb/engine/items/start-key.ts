import { db } from '../../input/dynalite.js';
import { validationError } from '../errors.js';
import { asSchema, attributeTypeOf, type IndexOfTable, keyNames, keyOfItem, type Table } from '../tables/table.js';
import { attributeOf, type Item } from './attribute-value.js';
import { indexKey, itemKey } from './keys.js';

/** Where a page begins: behind the item that ExclusiveStartKey names. Throws in AWS's words. */
export function startAfter(key: Item, table: Table, index: IndexOfTable | undefined): string {
  const names = new Set([...keyNames(table.keySchema), ...keyNames(index?.KeySchema ?? [])]);
  const complete = Object.keys(key).length === names.size && [...names].every((name) => attributeOf(key, name));
  if (!complete) {
    const why = index ? '' : ': The provided key element does not match the schema';
    throw validationError(`The provided starting key is invalid${why}`);
  }
  index?.KeySchema.forEach(({ AttributeName }, place) => {
    const finding = db.validateKeyPiece(key, AttributeName, attributeTypeOf(table, AttributeName), place === 0);
    if (finding) throw validationError(finding.message);
  });
  const finding = db.validateKey(keyOfItem(key, table), asSchema(table));
  if (finding) throw validationError(`The provided starting key is invalid: ${finding.message}`);
  return index ? indexKey(key, table, index) : itemKey(key, table);
}
