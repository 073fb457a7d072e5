import { validationError } from '../errors.js';
import type { StreamSpecification, Table } from '../tables/table.js';

/**
 * A stream of a table, switched on now. Its label is the time, as AWS labels streams.
 * @param now epoch milliseconds
 */
export function newStream(specification: StreamSpecification, now: number): NonNullable<Table['stream']> {
  if (!specification.StreamViewType) {
    throw validationError(
      'One or more parameter values were invalid: StreamViewType is required when StreamEnabled is true',
    );
  }
  return { ...specification, label: new Date(now).toISOString().slice(0, -1) };
}
