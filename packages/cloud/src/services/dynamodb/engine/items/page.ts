import type { Range } from '../../../../core/store.js';
import type { TableInput } from '../../input/validation.js';
import { validationError } from '../errors.js';
import { type Condition, type LegacyConditions, meets, meetsAllLegacy } from '../expressions/condition.js';
import type { Partition } from '../partition.js';
import { type IndexOfTable, indexesOf, keyOfItem, type Table } from '../tables/table.js';
import { type Item, sizeOf } from './attribute-value.js';
import { type ConsumedCapacity, consumed, heldBy, type ReturnConsumedCapacity, readUnits } from './capacity.js';
import type { ParsedCondition } from './item-write.js';
import { indexKey, isIndexed } from './keys.js';
import { type Projected, projected } from './read-item.js';

type Select = 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';

/** The input that Query and Scan share. */
export interface PageInput extends TableInput, Projected {
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly Select?: Select;
  readonly ConsistentRead?: boolean;
  readonly ConditionalOperator?: 'AND' | 'OR';
  readonly ExclusiveStartKey?: Item;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly QueryFilter?: LegacyConditions;
  readonly ScanFilter?: LegacyConditions;
  readonly _filter?: ParsedCondition;
}

export interface PageOutput {
  readonly Items?: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

/** A page ends when it has looked at one megabyte. */
const PAGE_BYTES = 1024 * 1024;

/** The index that a request names. Throws in AWS's words. */
export function indexOf(table: Table, input: PageInput): IndexOfTable | undefined {
  if (input.IndexName === undefined) return undefined;
  const index = indexesOf(table).find(({ IndexName }) => IndexName === input.IndexName);
  if (!index) throw validationError(`The table does not have the specified index: ${input.IndexName}`);
  if (input.ConsistentRead && isGlobal(table, index)) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return index;
}

const isGlobal = (table: Table, index: IndexOfTable): boolean => table.globalIndexes.includes(index);

function askedFor({ AttributesToGet, _projection }: Projected): readonly string[] | undefined {
  return AttributesToGet ?? _projection?.paths.map((path) => String(path[0]));
}

/** The attributes that a page is made of, by what the index holds; undefined: whole items. Throws in AWS's words. */
function visible(input: PageInput, table: Table, index: IndexOfTable | undefined): readonly string[] | undefined {
  const asked = askedFor(input);
  checkSelect(input, asked !== undefined);
  const held = index && heldBy(index, table);
  if (!index || !held) return undefined;
  const missing = asked?.filter((name) => !held.includes(name)) ?? [];
  if (!isGlobal(table, index)) {
    // A local index reads from its table what it does not hold itself.
    return input.Select === 'ALL_ATTRIBUTES' || missing.length > 0 ? undefined : held;
  }
  if (input.Select === 'ALL_ATTRIBUTES') {
    throw validationError(
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary ' +
        `index ${index.IndexName} because its projection type is not ALL`,
    );
  }
  if (missing.length > 0) {
    throw validationError(
      `One or more parameter values were invalid: Global secondary index ${index.IndexName} does not project ` +
        `[${missing.join(', ')}]`,
    );
  }
  const unfilterable = filteredBy(input).filter((name) => !held.includes(name));
  if (unfilterable.length > 0) {
    throw validationError(
      `One or more parameter values were invalid: Secondary index ${index.IndexName} does not project one or more ` +
        `filter attributes: [${unfilterable.join(', ')}]`,
    );
  }
  return held;
}

function filteredBy({ _filter, QueryFilter, ScanFilter }: PageInput): readonly string[] {
  return Object.keys(_filter?.pathHeads ?? QueryFilter ?? ScanFilter ?? {});
}

function checkSelect({ Select, IndexName, AttributesToGet }: PageInput, specific: boolean): void {
  const parameter = AttributesToGet ? 'AttributesToGet' : 'ProjectionExpression';
  if (Select === 'SPECIFIC_ATTRIBUTES' && !specific) {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (Select && Select !== 'SPECIFIC_ATTRIBUTES' && specific) {
    const what = Select === 'COUNT' ? 'only the Count' : Select;
    throw validationError(`Cannot specify the ${parameter} when choosing to get ${what}`);
  }
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined) {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
}

/** Items as a range of the table or of an index gives them. */
async function* read(
  partition: Partition,
  table: Table,
  index: IndexOfTable | undefined,
  range: Range,
): AsyncIterable<Item> {
  if (!index) {
    for await (const [, item] of partition.items(table, range)) yield item;
    return;
  }
  for await (const [entry, key] of partition.entries(index, range)) {
    const item = await partition.item(table, key);
    // The item may have left this place of the index since the range was opened.
    if (item && isIndexed(item, table, index) && indexKey(item, table, index) === entry) yield item;
  }
}

function only(item: Item, names: readonly string[] | undefined): Item {
  return names ? projected(item, { AttributesToGet: names }) : item;
}

export interface PageRange {
  readonly index: IndexOfTable | undefined;
  readonly range: Range;
}

/** One page of a Query or Scan: reads the range until the limit or a megabyte, then filters and projects. */
export async function readPage(
  partition: Partition,
  table: Table,
  input: PageInput,
  { index, range }: PageRange,
): Promise<PageOutput> {
  const names = visible(input, table, index);
  const condition: Condition | undefined = input._filter?.expression;
  const legacyFilter = input.QueryFilter ?? input.ScanFilter;
  const items: Item[] = [];
  let scanned = 0;
  let matched = 0;
  let bytes = 0;
  let last: Item | undefined;
  for await (const stored of read(partition, table, index, range)) {
    const item = only(stored, names);
    scanned++;
    bytes += sizeOf(item);
    const meetsFilter = condition
      ? meets(item, condition)
      : !legacyFilter || meetsAllLegacy(item, legacyFilter, input.ConditionalOperator);
    if (meetsFilter) {
      matched++;
      if (input.Select !== 'COUNT') items.push(projected(item, input));
    }
    if (scanned === input.Limit || bytes >= PAGE_BYTES) {
      last = stored;
      break;
    }
  }
  return {
    ...(input.Select !== 'COUNT' && { Items: items }),
    Count: matched,
    ScannedCount: scanned,
    ...(last && { LastEvaluatedKey: keyOfItem(last, table, index) }),
    ...consumed(input.ReturnConsumedCapacity, () => {
      const units = readUnits(bytes, input.ConsistentRead);
      return index ? { table, units: 0, indexes: new Map([[index.IndexName, units]]) } : { table, units };
    }),
  };
}
