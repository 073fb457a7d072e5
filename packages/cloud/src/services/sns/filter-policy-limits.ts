import { isObject } from '../../core/json.js';
import { AttributeFault } from './attributes.js';

const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

type Json = Readonly<Record<string, unknown>>;

/** The lists of values of a policy, with how deep each is; those of alternatives are in `or`. */
interface Size {
  readonly keys: number;
  /** The product over all keys of values times depth; a sum over alternatives. */
  readonly combinations: number;
}

function sizeOf(policy: Json, depth: number): Size {
  let keys = 0;
  let combinations = 1;
  for (const [key, value] of Object.entries(policy)) {
    if (isObject(value)) {
      const inner = sizeOf(value, depth + 1);
      keys += inner.keys;
      combinations *= inner.combinations;
    } else if (Array.isArray(value) && key === '$or') {
      const sizes = value.filter(isObject).map((each) => sizeOf(each, depth));
      keys += sizes.reduce((sum, each) => sum + each.keys, 0);
      combinations *= sizes.reduce((sum, each) => sum + each.combinations, 0);
    } else if (Array.isArray(value)) {
      keys += 1;
      combinations *= Math.max(value.length, 1) * depth;
    }
  }
  return { keys, combinations };
}

/**
 * Checks the size of a filter policy ("Filter policy constraints" of the SNS developer guide).
 *
 * @throws AttributeFault
 */
export function checkFilterLimits(policy: Json, scope: string): void {
  const nested = Object.values(policy).some((value) => isObject(value) && Object.values(value).every(Array.isArray));
  if (scope === 'MessageAttributes' && nested) {
    throw new AttributeFault('Filter policy scope MessageAttributes does not support nested filter policy', true);
  }
  const { keys, combinations } = sizeOf(policy, 1);
  if (keys > MOST_KEYS)
    throw new AttributeFault(`FilterPolicy: Filter policy can not have more than ${MOST_KEYS} keys`);
  if (combinations > MOST_COMBINATIONS) throw new AttributeFault('FilterPolicy: Filter policy is too complex');
}
