import { type Member, type Scalar, type ServiceModel, shapeOf, targetOf, traitsOf } from './service-model.js';

/** Makes the value of a wire of a typed one; absent members are left out. */
export type WriteValue = (value: unknown) => unknown;

/** For values that a format has as they are. */
export const same: WriteValue = (value) => value;

/** How one wire format holds members and scalars. */
export interface WriteFormat {
  /** The name that a member has in this format. */
  readonly nameOf: (member: string, traits: ReturnType<typeof traitsOf>) => string;
  /** `same` for kinds that are not changed. */
  readonly scalar: (kind: Scalar) => WriteValue;
  /** True if its serializer refuses members that are `undefined`. @default false */
  readonly refusesAbsent?: boolean;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Writers of one service's shapes in one format. Shapes in which nothing changes on the way are written as they are.
 */
export function createWriters(
  model: ServiceModel,
  { nameOf, scalar: scalarWriter, refusesAbsent = false }: WriteFormat,
): (member: Member) => WriteValue {
  const known = new Map<number, WriteValue>();
  const plain = new Map<number, boolean>();

  /** True if a value and everything below it is written unchanged. */
  function isPlain(member: Member, within: ReadonlySet<number> = new Set()): boolean {
    if (nameOf('', traitsOf(member)) !== '') return false;
    const target = targetOf(member);
    if (typeof target !== 'number') return scalarWriter(target) === same;
    if (within.has(target)) return true;
    const found = plain.get(target);
    if (found !== undefined) return found;
    const shape = shapeOf(model, member);
    const members =
      shape === undefined
        ? []
        : shape.kind === 'list'
          ? [shape.item]
          : shape.kind === 'map'
            ? [shape.value]
            : Object.values(shape.members);
    const isWhole = !(refusesAbsent && (shape?.kind === 'structure' || shape?.kind === 'union'));
    const result = isWhole && members.every((each) => isPlain(each, new Set([...within, target])));
    if (within.size === 0) plain.set(target, result);
    return result;
  }

  function writerOf(member: Member): WriteValue {
    const target = targetOf(member);
    if (typeof target !== 'number') return scalarWriter(target);
    const found = known.get(target);
    if (found) return found;
    let write: WriteValue | undefined;
    const writer: WriteValue = (value) => {
      write ??= isPlain(target) ? same : shapeWriter(target);
      return value === undefined || value === null ? value : write(value);
    };
    known.set(target, writer);
    return writer;
  }

  function shapeWriter(target: number): WriteValue {
    const shape = shapeOf(model, target);
    if (shape === undefined) throw new Error(`the model has no shape ${target}`);
    if (shape.kind === 'list') {
      const write = writerOf(shape.item);
      return (value) => (Array.isArray(value) ? value.map(write) : value);
    }
    if (shape.kind === 'map') {
      const write = writerOf(shape.value);
      return (value) =>
        isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, write(each)])) : value;
    }
    const fields = Object.entries(shape.members).map(([name, member]) => ({
      name,
      wire: nameOf(name, traitsOf(member)),
      write: writerOf(member),
    }));
    return (value) => {
      if (!isRecord(value)) return value;
      const written: Record<string, unknown> = {};
      for (const { name, wire, write } of fields) {
        const each = value[name];
        if (each !== undefined && each !== null) written[wire] = write(each);
      }
      return written;
    };
  }

  return writerOf;
}
