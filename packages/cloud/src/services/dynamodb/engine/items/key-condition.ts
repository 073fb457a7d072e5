import type { Range } from '../../../../core/store.js';
import { validationError } from '../errors.js';
import { type LegacyCondition, type LegacyConditions, meetsLegacy } from '../expressions/condition.js';
import { attributeTypeOf, type KeySchema, type Table } from '../tables/table.js';
import { type AttributeValue, attributeOf, type Item, scalarOf } from './attribute-value.js';
import { AFTER, partitionPrefix, sortKey } from './keys.js';

const NOT_A_RANGE = new Set(['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN']);

/** The conditions on the partition key and the sort key of a Query. */
export interface KeyConditions {
  readonly partition: { readonly name: string; readonly value: AttributeValue };
  readonly sort?: { readonly name: string; readonly condition: LegacyCondition };
}

/** Sorts the conditions of a Query by the keys they are on. Throws in AWS's words. */
export function keyConditions(table: Table, keySchema: KeySchema, conditions: LegacyConditions): KeyConditions {
  const [hash, range] = keySchema;
  const count = Object.keys(conditions).length;
  if (!hash || (!range && count > 1)) throw validationError('Query key condition not supported');
  for (const { AttributeName: name } of range ? [hash, range] : [hash]) {
    const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    if (!condition) {
      if (name === hash.AttributeName || count > 1) {
        throw validationError(`Query condition missed key schema element: ${name}`);
      }
      continue;
    }
    if (NOT_A_RANGE.has(condition.ComparisonOperator ?? '')) {
      throw validationError('Attempted conditional constraint is not an indexable operation');
    }
    const type = attributeTypeOf(table, name);
    if (condition.AttributeValueList?.some((value) => value[type] === undefined)) {
      throw validationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    if (name === hash.AttributeName && condition.ComparisonOperator !== 'EQ') {
      throw validationError('Query key condition not supported');
    }
    if (condition.AttributeValueList?.some((value) => value.S === '' || value.B === '')) {
      throw validationError(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
          `${type === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
      );
    }
  }
  const value = conditions[hash.AttributeName]?.AttributeValueList?.[0];
  const condition = range && Object.hasOwn(conditions, range.AttributeName) && conditions[range.AttributeName];
  if (!value) throw validationError('Query key condition not supported');
  return {
    partition: { name: hash.AttributeName, value },
    ...(range && condition && { sort: { name: range.AttributeName, condition } }),
  };
}

/** The keys that meet the conditions: always one range. */
export function rangeOf({ partition, sort }: KeyConditions): Range {
  const prefix = partitionPrefix(partition.value);
  const [first, second] = sort?.condition.AttributeValueList ?? [];
  if (!first) return { gte: prefix, lt: prefix + AFTER };
  const start = prefix + sortKey(first);
  switch (sort?.condition.ComparisonOperator) {
    case 'EQ':
      return { gte: `${start}/`, lt: `${start}/${AFTER}` };
    case 'LT':
      return { gte: prefix, lt: `${start}/` };
    case 'LE':
      return { gte: prefix, lt: `${start}/${AFTER}` };
    case 'GT':
      return { gte: `${start}/${AFTER}`, lt: prefix + AFTER };
    case 'GE':
      return { gte: `${start}/`, lt: prefix + AFTER };
    case 'BETWEEN':
      return { gte: `${start}/`, lt: `${prefix}${sortKey(second ?? first)}/${AFTER}` };
    default:
      return { gte: start, lt: start + AFTER };
  }
}

/** Throws where a Query may not go on from this key: it lies outside of what the Query asks for. */
export function checkStart(start: Item, { partition, sort }: KeyConditions): void {
  const startsElsewhere = scalarOf(attributeOf(start, partition.name) ?? {}) !== scalarOf(partition.value);
  if (!sort) {
    if (startsElsewhere) {
      throw validationError('The provided starting key is outside query boundaries based on provided conditions');
    }
    return;
  }
  if (!meetsLegacy(attributeOf(start, sort.name), sort.condition)) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
  if (startsElsewhere) throw validationError('The query can return at most one row and cannot be restarted');
}
