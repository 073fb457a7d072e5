import { defined } from '../../../core/defined.js';
import { itemAccess, tableOf } from '../access.js';
import { refuse, validationError } from '../engine/errors.js';
import { AFTER } from '../engine/items/keys.js';
import { indexOf, type PageInput, readPage } from '../engine/items/page.js';
import { startAfter } from '../engine/items/start-key.js';
import { asSchema } from '../engine/tables/table.js';
import { db } from '../input/dynalite.js';
import { attributesOfCondition, attributesOfProjection } from '../input/named-attributes.js';
import { scanRules as rules } from '../input/rules.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface ScanInput extends PageInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

/** Keys begin with a hash; its first three digits part the segments. */
const HASHES = 4096;

function segmentOf({ Segment = 0, TotalSegments = 1 }: ScanInput): { gte?: string; lt?: string } {
  if (TotalSegments === 1) return {};
  const edge = (segment: number) => {
    const hash = Math.ceil((HASHES * segment) / TotalSegments);
    return hash < HASHES ? hash.toString(16).padStart(3, '0') : AFTER;
  };
  return { gte: edge(Segment), lt: edge(Segment + 1) };
}

export const scan = dynamoDbOperation({
  name: 'Scan',
  parse: (raw) => parseInput<ScanInput>(raw, rules),
  access: (row) => [
    itemAccess(row, 'Scan', ['ReturnValues', 'Select'], (input) => ({
      ...tableOf(input),
      attributes: () => [
        ...attributesOfCondition(input._filter?.expression),
        ...Object.keys(input.ScanFilter ?? {}),
        ...attributesOfProjection(input),
      ],
      select: input.Select ?? (input._projection || input.AttributesToGet ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES'),
      returnConsumedCapacity: input.ReturnConsumedCapacity,
      indexName: input.IndexName,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    const index = indexOf(table, input);
    const start = input.ExclusiveStartKey && startAfter(input.ExclusiveStartKey, table, index);
    refuse(db.validateKeyPaths(input._projection?.nestedPaths, asSchema(table)));
    refuse(db.validateKeyPaths(input._filter?.nestedPaths, asSchema(table)));
    const { gte, lt } = segmentOf(input);
    if (start !== undefined && ((gte !== undefined && start < gte) || (lt !== undefined && start >= lt))) {
      throw validationError(
        'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct ' +
          `Segment. TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
      );
    }
    const range = {
      ...(start !== undefined ? { gt: start } : gte !== undefined && { gte }),
      ...defined({ lt }),
    };
    return readPage(partition, table, input, { index, range });
  },
});
