import { type Member, type Scalar, type ServiceModel, shapeOf, targetOf, traitsOf } from './service-model.js';

/** How one wire format holds structures, collections and scalars. */
export interface ReadFormat {
  /** The name that a member has in this format. */
  readonly nameOf: (member: string, traits: ReturnType<typeof traitsOf>) => string;
  /** The members by their names in this format. */
  readonly structure: (value: unknown, path: string) => Readonly<Record<string, unknown>>;
  /** @param item the element of an item where lists are not flattened */
  readonly list: (value: unknown, path: string, item: string, flattened: boolean) => readonly unknown[];
  readonly entries: (
    value: unknown,
    path: string,
    names: { readonly key: string; readonly value: string },
    flattened: boolean,
  ) => readonly (readonly [string, unknown])[];
  readonly scalar: (kind: Scalar, value: unknown, path: string) => unknown;
}

/** Makes the typed value of one that came in some format. Throws the format's AwsError where the kinds do not fit. */
export type ReadValue = (value: unknown, path: string) => unknown;

/**
 * Readers of one service's shapes in one format. Each shape is looked at once; members that are null or absent are left
 * out, members that the model does not have are dropped.
 */
export function createReaders(model: ServiceModel, format: ReadFormat): (member: Member) => ReadValue {
  const known = new Map<number, ReadValue>();

  function readerOf(member: Member): ReadValue {
    const target = targetOf(member);
    if (typeof target !== 'number') {
      return target === 'unit' ? () => ({}) : (value, path) => format.scalar(target, value, path);
    }
    const traits = traitsOf(member);
    const shape = shapeOf(model, member);
    if (shape === undefined) throw new Error(`the model has no shape ${target}`);
    if (shape.kind !== 'list' && shape.kind !== 'map') {
      const found = known.get(target);
      if (found) return found;
      let read: ReadValue | undefined;
      // A shape may contain itself, so its reader is known before its members are looked at.
      const reader: ReadValue = (value, path) => {
        read ??= structureReader(Object.entries(shape.members));
        return read(value, path);
      };
      known.set(target, reader);
      return reader;
    }
    const flattened = traits.xmlFlattened === 1;
    if (shape.kind === 'list') {
      const { item } = shape;
      const element = traitsOf(item).xmlName ?? 'member';
      let read: ReadValue | undefined;
      return (value, path) => {
        read ??= readerOf(item);
        const of = read;
        return format.list(value, path, element, flattened).map((each, at) => of(each, `${path}.${at + 1}.member`));
      };
    }
    const { value: held } = shape;
    const names = { key: traitsOf(shape.key).xmlName ?? 'key', value: traitsOf(held).xmlName ?? 'value' };
    let read: ReadValue | undefined;
    return (value, path) => {
      read ??= readerOf(held);
      const map: Record<string, unknown> = {};
      for (const [key, each] of format.entries(value, path, names, flattened)) {
        if (each !== null && each !== undefined) define(map, key, read(each, `${path}.${key}.member`));
      }
      return map;
    };
  }

  function structureReader(members: readonly (readonly [string, Member])[]): ReadValue {
    const fields = members.map(([name, member]) => ({
      name,
      wire: format.nameOf(name, traitsOf(member)),
      read: readerOf(member),
    }));
    return (value, path) => {
      const given = format.structure(value, path);
      const structure: Record<string, unknown> = {};
      for (const { name, wire, read } of fields) {
        const each = given[wire];
        if (each !== undefined && each !== null) structure[name] = read(each, path === '' ? name : `${path}.${name}`);
      }
      return structure;
    };
  }

  return readerOf;
}

/** Keys come from outside: `__proto__` is a key like any other. */
function define(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
  else map[key] = value;
}
