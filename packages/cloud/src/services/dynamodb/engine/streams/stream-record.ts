import { createHash } from 'node:crypto';
import type { Scope } from '../../../../core/operation.js';
import type { Write } from '../../../../core/store.js';
import type { StreamRecord as SharedRecord } from '../../../../kit/table-stream.js';
import { type Item, sizeOf } from '../items/attribute-value.js';
import { valuesEqual } from '../items/compare.js';
import { keyOfItem, type Table } from '../tables/table.js';

/** A stream record as it is stored. */
export type StreamRecord = SharedRecord<Item>;

/** Records lie below the table and its stream's label, in the order of their sequence numbers. */
export function streamPrefix(table: Table, label: string): string {
  return `stream/${table.id}/${label}/`;
}

/** The writes that tell a table's stream of one change; none where nothing changed. */
export function streamWrites(
  scope: Scope & { readonly now: () => number },
  table: Table,
  { before, after, expired }: { before: Item | undefined; after: Item | undefined; expired: boolean },
  sequence: string,
): Write[] {
  const { stream } = table;
  const item = after ?? before;
  if (!stream || !item) return [];
  if (before && after && valuesEqual({ M: before }, { M: after })) return [];
  const view = stream.StreamViewType ?? 'KEYS_ONLY';
  const Keys = keyOfItem(item, table);
  const NewImage = after && (view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES') ? after : undefined;
  const OldImage = before && (view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES') ? before : undefined;
  const record: StreamRecord = {
    eventID: createHash('md5').update(`${table.id}/${sequence}`).digest('hex'),
    eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: scope.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(scope.now() / 1000),
      Keys,
      ...(NewImage && { NewImage }),
      ...(OldImage && { OldImage }),
      SequenceNumber: sequence,
      SizeBytes: sizeOf(Keys) + (NewImage ? sizeOf(NewImage) : 0) + (OldImage ? sizeOf(OldImage) : 0),
      StreamViewType: view,
    },
    ...(expired && { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }),
  };
  return [{ key: streamPrefix(table, stream.label) + sequence, value: record }];
}
