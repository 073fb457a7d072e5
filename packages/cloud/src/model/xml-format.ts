import { malformedXml } from '../gateway/read-xml.js';
import { scalarOf } from './loose-format.js';
import type { ReadFormat } from './value-reader.js';

type Structure = Readonly<Record<string, unknown>>;

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An element that has nothing in it is a structure without members as well as an empty text. */
function structureOf(value: unknown): Structure {
  if (isStructure(value)) return value;
  if (typeof value === 'string' && value.trim() === '') return {};
  throw malformedXml();
}

function several(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Namespace prefixes are gone once a document is read. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/**
 * XML bodies as `readXml` reads them: a repeated element is a list, attributes begin with `@`.
 *
 * @throws AwsError MalformedXML where a value is of another kind than the model's
 */
export const xmlFormat: ReadFormat = {
  nameOf: (member, { xmlName = member, xmlAttribute }) =>
    xmlAttribute ? `@${localName(xmlName)}` : localName(xmlName),
  structure: structureOf,
  list: (value, _path, item, flattened) => several(flattened ? value : structureOf(value)[item]),
  entries: (value, _path, names, flattened) =>
    several(flattened ? value : structureOf(value).entry).map((entry) => {
      const { [names.key]: key, [names.value]: held } = structureOf(entry);
      if (typeof key !== 'string') throw malformedXml();
      return [key, held ?? ''];
    }),
  scalar: (kind, value) => {
    const scalar = typeof value === 'string' ? scalarOf(kind, kind === 'string' ? value : value.trim()) : undefined;
    if (scalar === undefined) throw malformedXml();
    return scalar;
  },
};
