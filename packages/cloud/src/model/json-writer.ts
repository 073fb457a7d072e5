import { type Member, type Scalar, type ServiceModel, shapeOf, targetOf, traitsOf } from './service-model.js';

/** Makes the JSON value of a typed one; absent members are left out. */
type WriteValue = (value: unknown) => unknown;

const same: WriteValue = (value) => value;

function scalarWriter(kind: Scalar): WriteValue {
  switch (kind) {
    case 'blob':
    case 'stream':
      return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
    case 'timestamp':
    case 'epoch-seconds':
      return (value) => (value instanceof Date ? value.getTime() / 1000 : value);
    case 'date-time':
      return (value) => (value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : value);
    case 'http-date':
      return (value) => (value instanceof Date ? value.toUTCString() : value);
    default:
      return same;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Writers of one service's shapes as JSON: bytes become base64, timestamps epoch seconds or the text that the model
 * says. Shapes in which nothing changes on the way are written as they are.
 */
export function createJsonWriters(model: ServiceModel): (member: Member) => WriteValue {
  const known = new Map<number, WriteValue>();
  const plain = new Map<number, boolean>();

  /** True if a value and everything below it is written unchanged. */
  function isPlain(member: Member, within: ReadonlySet<number> = new Set()): boolean {
    if (traitsOf(member).jsonName !== undefined) return false;
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
    const result = members.every((each) => isPlain(each, new Set([...within, target])));
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
      wire: traitsOf(member).jsonName ?? name,
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
