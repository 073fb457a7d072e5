import { validationError } from '../errors.js';

/**
 * Refuses global secondary indexes whose partition or sort key has several attributes, by their own name: DynamoDB takes
 * up to four of each, and the words for a key schema that is wrong would send the reader looking for a fault of theirs.
 * @param indexes as they came off the wire
 * @throws AwsError ValidationException
 */
export function refuseCompositeKeys(indexes: unknown): void {
  if (!Array.isArray(indexes)) return;
  for (const index of indexes) {
    const keys: unknown = memberOf(index, 'KeySchema');
    if (!Array.isArray(keys)) continue;
    if (hasCompositeKey(keys)) {
      throw validationError(
        `Global secondary index ${String(memberOf(index, 'IndexName'))}: keys of several attributes are not supported by the local cloud; AWS has them`,
      );
    }
  }
}

/** True if a key schema has several attributes of one kind, in the order in which DynamoDB takes them. */
export function hasCompositeKey(schema: unknown): boolean {
  if (!Array.isArray(schema)) return false;
  const types = schema.map((key) => memberOf(key, 'KeyType'));
  return types[0] === 'HASH' && ['HASH', 'RANGE'].some((type) => types.filter((each) => each === type).length > 1);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
