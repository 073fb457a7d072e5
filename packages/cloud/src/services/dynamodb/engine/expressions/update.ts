import { RESERVED_NAME, reservedName, validationError } from '../errors.js';
import { type AttributeType, type AttributeValue, type Item, typeOf } from '../items/attribute-value.js';
import { addNumbers, NumberRangeError } from '../items/decimal.js';
import { type DocumentPath, valueAt } from '../items/document-path.js';

type Operand =
  | DocumentPath
  | { readonly type: 'add' | 'subtract'; readonly args: readonly [Operand, Operand] }
  | { readonly type: 'function'; readonly name: string; readonly args: readonly [Operand, Operand] }
  | AttributeValue;

/** One action of an update expression, in the shape of dynalite's grammar. */
export type UpdateAction =
  | { readonly type: 'set'; readonly path: DocumentPath; readonly val: Operand }
  | { readonly type: 'remove'; readonly path: DocumentPath }
  | { readonly type: 'add' | 'delete'; readonly path: DocumentPath; readonly val: AttributeValue };

/** One member of AttributeUpdates, the parameter that came before update expressions. */
export interface AttributeUpdate {
  readonly Action?: 'PUT' | 'ADD' | 'DELETE';
  readonly Value?: AttributeValue;
}

export function actionsOf(updates: Readonly<Record<string, AttributeUpdate>>): UpdateAction[] {
  return Object.entries(updates).map(([name, { Action = 'PUT', Value }]): UpdateAction => {
    const path = [name];
    if (!Value) return { type: 'remove', path };
    if (Action === 'PUT') return { type: 'set', path, val: Value };
    return { type: Action === 'ADD' ? 'add' : 'delete', path, val: Value };
  });
}

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';
const MISSING = 'The provided expression refers to an attribute that does not exist in the item';

/** A place in the copy being updated: a member of a map or an element of a list. Removed elements leave a hole until the end. */
type MutableMap = Record<string, AttributeValue>;
type MutableList = (AttributeValue | undefined)[];

function clone(value: AttributeValue): AttributeValue {
  if (value.M) return { M: cloneItem(value.M) };
  if (value.L) return { L: value.L.map(clone) };
  return value;
}

function cloneItem(item: Item): MutableMap {
  const copy: MutableMap = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value) copy[name] = clone(value);
  }
  return copy;
}

function sumOf(a: string, b: string, sign: 1 | -1): AttributeValue {
  try {
    return { N: addNumbers(a, b, sign) };
  } catch (error) {
    throw error instanceof NumberRangeError ? validationError(error.message) : error;
  }
}

const isPath = (operand: Operand): operand is DocumentPath => Array.isArray(operand);

/** The value of the right side of a SET, computed from the item before the update. */
function evaluate(operand: Operand, item: Item): AttributeValue {
  if (isPath(operand)) {
    const value = valueAt(item, operand);
    if (!value) throw validationError(MISSING);
    return value;
  }
  if (!('type' in operand)) return operand;
  const [first, second] = operand.args;
  if (operand.type === 'function') {
    if (operand.name === 'if_not_exists') {
      return (isPath(first) ? valueAt(item, first) : undefined) ?? evaluate(second, item);
    }
    const left = evaluate(first, item);
    const right = evaluate(second, item);
    if (!left.L || !right.L) throw validationError(WRONG_TYPE);
    return { L: [...left.L, ...right.L] };
  }
  const left = evaluate(first, item);
  const right = evaluate(second, item);
  if (left.N === undefined || right.N === undefined) throw validationError(WRONG_TYPE);
  return sumOf(left.N, right.N, operand.type === 'add' ? 1 : -1);
}

function added(existing: AttributeValue | undefined, val: AttributeValue, mismatch: string): AttributeValue {
  if (existing && typeOf(existing) !== typeOf(val)) throw validationError(mismatch);
  if (val.N !== undefined) return sumOf(existing?.N ?? '0', val.N, 1);
  if (val.L) return { L: [...(existing?.L ?? []), ...val.L] };
  const type = setTypeOf(val, mismatch);
  return { [type]: [...new Set([...(existing?.[type] ?? []), ...(val[type] ?? [])])] };
}

function setTypeOf(value: AttributeValue, mismatch: string): 'SS' | 'NS' | 'BS' {
  const type: AttributeType = typeOf(value);
  if (type !== 'SS' && type !== 'NS' && type !== 'BS') throw validationError(mismatch);
  return type;
}

/** The rest of a set, or undefined if nothing is left. */
function subtracted(existing: AttributeValue, val: AttributeValue, mismatch: string): AttributeValue | undefined {
  const type = setTypeOf(val, mismatch);
  if (typeOf(existing) !== type) throw validationError(mismatch);
  const gone = new Set(val[type]);
  const left = (existing[type] ?? []).filter((member) => !gone.has(member));
  return left.length > 0 ? { [type]: left } : undefined;
}

/**
 * The item after the update. Right sides see the item as it was; list indexes mean elements of the list as it was; an
 * index behind the end appends. Throws ValidationExceptions.
 * @param legacy the words of AttributeUpdates, where types do not match
 */
export function applyUpdate(item: Item, actions: readonly UpdateAction[], legacy = false): Item {
  const mismatch = legacy ? 'Type mismatch for attribute to update' : WRONG_TYPE;
  const values = actions.map((action) => (action.type === 'set' ? clone(evaluate(action.val, item)) : undefined));
  const root = cloneItem(item);
  const lists = new Set<MutableList>();
  actions.forEach((action, index) => {
    const parent = valueAt(root, action.path.slice(0, -1));
    const last = action.path[action.path.length - 1];
    if (action.path.includes(RESERVED_NAME)) throw reservedName();
    const place = typeof last === 'number' ? parent?.L : parent?.M;
    if (!place || last === undefined) throw validationError(WRONG_PATH);
    const existing = valueAt(root, action.path);
    const value =
      action.type === 'set'
        ? values[index]
        : action.type === 'add'
          ? added(existing, action.val, mismatch)
          : action.type === 'delete' && existing
            ? subtracted(existing, action.val, mismatch)
            : undefined;
    if (typeof last === 'number') {
      const list = place as MutableList;
      lists.add(list);
      if (value !== undefined || last < list.length) list[last] = value;
    } else if (value === undefined) {
      delete (place as MutableMap)[last];
    } else {
      (place as MutableMap)[last] = value;
    }
  });
  // `filter` closes the holes: elements removed, and places skipped by indexes behind the end.
  for (const list of lists) list.splice(0, list.length, ...list.filter((element) => element !== undefined));
  return root;
}
