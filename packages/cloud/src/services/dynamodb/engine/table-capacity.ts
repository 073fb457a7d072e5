import type { ConsumedCapacity, ReturnConsumedCapacity } from './capacity.js';

/** The ConsumedCapacity of an answer about several tables, where the request wants one: one entry a table. */
export function consumedByTables(
  wanted: ReturnConsumedCapacity,
  uses: readonly { readonly table: string; readonly units: number }[],
): { ConsumedCapacity?: readonly ConsumedCapacity[] } {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return {};
  const totals = new Map<string, number>();
  for (const { table, units } of uses) totals.set(table, (totals.get(table) ?? 0) + units);
  return {
    ConsumedCapacity: [...totals].map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
      ...(wanted === 'INDEXES' && { Table: { CapacityUnits } }),
    })),
  };
}
