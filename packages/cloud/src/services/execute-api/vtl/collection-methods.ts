import type { Budget } from './budget.js';
import { TemplateError } from './syntax.js';
import { isList, listOf, textOf, type Value, type VtlList, type VtlMap, type VtlObject } from './value.js';

type MapMethod = (map: VtlMap, args: readonly Value[]) => Value;
type ListMethod = (list: VtlList, args: readonly Value[]) => Value;

const key = (args: readonly Value[]): string => textOf(args[0] ?? null);

/** Methods of java.util.Map that templates use. Those that change a map answer what was there before. */
const MAP_METHODS: ReadonlyMap<string, MapMethod> = new Map<string, MapMethod>([
  ['get', (map, args) => map.get(key(args)) ?? null],
  ['getOrDefault', (map, args) => map.get(key(args)) ?? args[1] ?? null],
  [
    'put',
    (map, args) => {
      const before = map.get(key(args)) ?? null;
      map.set(key(args), args[1] ?? null);
      return before;
    },
  ],
  [
    'putAll',
    (map, [other]) => {
      if (other instanceof Map) for (const [name, value] of other) map.set(name, value);
      return null;
    },
  ],
  [
    'remove',
    (map, args) => {
      const before = map.get(key(args)) ?? null;
      map.delete(key(args));
      return before;
    },
  ],
  ['keySet', (map) => listOf([...map.keys()])],
  ['values', (map) => listOf([...map.values()])],
  ['entrySet', (map) => listOf([...map].map(([name, value]) => entry(name, value)))],
  ['size', (map) => map.size],
  ['isEmpty', (map) => map.size === 0],
  ['containsKey', (map, args) => map.has(key(args))],
  ['containsValue', (map, [value = null]) => [...map.values()].some((member) => same(member, value))],
  ['toString', (map) => textOf(map)],
]);

/** Methods of java.util.List that templates use. */
const LIST_METHODS: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ['get', ({ items }, [at]) => items[Number(at)] ?? null],
  ['size', ({ items }) => items.length],
  ['length', ({ items }) => items.length],
  ['isEmpty', ({ items }) => items.length === 0],
  ['contains', ({ items }, [value = null]) => items.some((item) => same(item, value))],
  ['indexOf', ({ items }, [value = null]) => items.findIndex((item) => same(item, value))],
  [
    'add',
    ({ items }, args) => {
      if (args.length > 1) items.splice(Number(args[0]), 0, args[1] ?? null);
      else items.push(args[0] ?? null);
      return true;
    },
  ],
  [
    'addAll',
    ({ items }, [other]) => {
      if (isList(other)) for (const item of [...other.items]) items.push(item);
      return true;
    },
  ],
  [
    'set',
    ({ items }, [at, value = null]) => {
      const before = items[Number(at)] ?? null;
      if (Number(at) < items.length) items[Number(at)] = value;
      return before;
    },
  ],
  [
    'remove',
    ({ items }, [which = null]) => {
      const at = typeof which === 'number' ? which : items.findIndex((item) => same(item, which));
      return at >= 0 ? (items.splice(at, 1)[0] ?? null) : null;
    },
  ],
  ['subList', ({ items }, [from, to]) => listOf(items.slice(Number(from), Number(to)))],
  ['toString', (list) => textOf(list)],
]);

/** The result of a method of a map; null for one that maps do not have. */
export function callMap(map: VtlMap, name: string, args: readonly Value[], budget: Budget): Value {
  budget.step(name === 'get' ? 1 : map.size);
  return MAP_METHODS.get(name)?.(map, args) ?? null;
}

/** The result of a method of a list; null for one that lists do not have. */
export function callList(list: VtlList, name: string, args: readonly Value[], budget: Budget): Value {
  budget.step(name === 'get' || name === 'add' ? 1 : list.items.length);
  if (name === 'addAll' && isList(args[0])) budget.step(args[0].items.length);
  return LIST_METHODS.get(name)?.(list, args) ?? null;
}

/** Comparisons of values in values; lists may contain each other many times over. */
const COMPARISONS = 100_000;

/** Equality of what Java compares by value. */
export function same(left: Value, right: Value): boolean {
  let remaining = COMPARISONS;
  const equal = (one: Value, other: Value): boolean => {
    if (--remaining < 0) throw new TemplateError(`a comparison takes more than ${COMPARISONS} steps`);
    if (one === other) return true;
    if (isList(one) && isList(other)) {
      const { items } = other;
      return one.items.length === items.length && one.items.every((item, at) => equal(item, items[at] ?? null));
    }
    if (one instanceof Map && other instanceof Map) {
      return one.size === other.size && [...one].every(([name, value]) => equal(value, other.get(name) ?? null));
    }
    return false;
  };
  return equal(left, right);
}

function entry(name: string, value: Value): VtlObject {
  const members: Readonly<Record<string, Value>> = { key: name, value, getKey: name, getValue: value };
  const member = (wanted: string): Value => (Object.hasOwn(members, wanted) ? (members[wanted] ?? null) : null);
  return {
    kind: 'object',
    property: member,
    call: (wanted) => (wanted === 'toString' ? `${name}=${textOf(value)}` : member(wanted)),
  };
}
