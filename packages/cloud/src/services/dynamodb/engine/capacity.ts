import { type Item, sizeOf } from './attribute-value.js';

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly LocalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE' | undefined;

/** Units of a write: one a kilobyte of the larger of the item before and after. */
export function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0);
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** Units of a read: one every four kilobytes, half that where eventually consistent. */
export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/** The ConsumedCapacity of an answer, where the request wants one. */
export function consumed(
  wanted: ReturnConsumedCapacity,
  TableName: string,
  units: number,
): { ConsumedCapacity?: ConsumedCapacity } {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return {};
  return {
    ConsumedCapacity: {
      TableName,
      CapacityUnits: units,
      ...(wanted === 'INDEXES' && { Table: { CapacityUnits: units } }),
    },
  };
}
