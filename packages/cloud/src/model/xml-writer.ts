import { escapeXml } from '../gateway/xml.js';
import { type Member, type Scalar, type ServiceModel, shapeOf, targetOf, traitsOf } from './service-model.js';

function textOf(kind: Scalar, value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (!(value instanceof Date)) return escapeXml(String(value));
  if (kind === 'http-date') return value.toUTCString();
  return kind === 'epoch-seconds' ? String(value.getTime() / 1000) : value.toISOString();
}

/** Writes the element of a value, or nothing where it is absent. */
export type WriteElement = (name: string, value: unknown) => string;

/**
 * Writers of one service's shapes as XML elements, in the order of the model's members: lists as `<member>` (or the
 * model's name) below their element, or flattened; maps as `<entry>` with key and value.
 */
export function createXmlWriters(model: ServiceModel): (member: Member) => WriteElement {
  function writerOf(member: Member): WriteElement {
    const target = targetOf(member);
    if (typeof target !== 'number') {
      return (name, value) => (isAbsent(value) ? '' : `<${name}>${textOf(target, value)}</${name}>`);
    }
    let write: WriteElement | undefined;
    return (name, value) => {
      if (isAbsent(value)) return '';
      write ??= shapeWriter(member);
      return write(name, value);
    };
  }

  function shapeWriter(member: Member): WriteElement {
    const shape = shapeOf(model, member);
    if (shape === undefined) throw new Error(`the model has no shape ${String(targetOf(member))}`);
    const flattened = traitsOf(member).xmlFlattened === 1;
    if (shape.kind === 'list') {
      const item = traitsOf(shape.item).xmlName ?? 'member';
      const write = writerOf(shape.item);
      return (name, value) => {
        const items: readonly unknown[] = Array.isArray(value) ? value : [];
        if (flattened) return items.map((each) => write(name, each)).join('');
        return `<${name}>${items.map((each) => write(item, each)).join('')}</${name}>`;
      };
    }
    if (shape.kind === 'map') {
      const keyName = traitsOf(shape.key).xmlName ?? 'key';
      const valueName = traitsOf(shape.value).xmlName ?? 'value';
      const write = writerOf(shape.value);
      return (name, value) => {
        const entries = Object.entries(Object(value)).map(([key, each]) => {
          const element = flattened ? name : 'entry';
          return `<${element}><${keyName}>${escapeXml(key)}</${keyName}>${write(valueName, each)}</${element}>`;
        });
        return flattened ? entries.join('') : `<${name}>${entries.join('')}</${name}>`;
      };
    }
    const [prefix, uri] = traitsOf(member).xmlNamespace ?? [];
    const namespace = prefix === undefined ? '' : ` xmlns:${prefix}="${uri}"`;
    const fields = Object.entries(shape.members).map(([name, each]) => ({
      name,
      element: traitsOf(each).xmlName ?? name,
      attribute: traitsOf(each).xmlAttribute === 1,
      write: writerOf(each),
    }));
    return (name, value) => {
      const given: Readonly<Record<string, unknown>> = Object(value);
      let attributes = namespace;
      let inner = '';
      for (const field of fields) {
        const each = given[field.name];
        if (field.attribute && !isAbsent(each)) attributes += ` ${field.element}="${escapeXml(String(each))}"`;
        else if (!field.attribute) inner += field.write(field.element, each);
      }
      return `<${name}${attributes}>${inner}</${name}>`;
    };
  }

  return writerOf;
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
