import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../core/aws-error.js';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  // Numbered references (`&#13;`) are only read with these.
  htmlEntities: true,
});

/** An element as it was read: text, or its children by name and its attributes by `@name`; a repeated child is a list. */
export type XmlValue = string | XmlStructure;
export interface XmlStructure {
  readonly [name: string]: XmlValue | readonly XmlValue[];
}

/** More than any input of S3 has. */
const DEEPEST = 50;

function clean(value: unknown, depth = 0): XmlValue | readonly XmlValue[] {
  if (depth > DEEPEST) throw malformedXml();
  if (Array.isArray(value)) return value.map((one) => clean(one, depth) as XmlValue);
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const children = Object.entries(value).filter(([name]) => name !== '#text' && name !== '@xmlns');
  if (children.length === 0) return String((value as { '#text'?: unknown })['#text'] ?? '');
  return Object.fromEntries(children.map(([name, child]) => [name, clean(child, depth + 1)]));
}

/**
 * The structure of an XML body, below its root element.
 *
 * @throws AwsError MalformedXML
 */
export function readXml(body: Uint8Array): XmlStructure {
  const text = Buffer.from(body).toString();
  // Entities of one's own can stand for more and more text. No input of S3 declares any.
  if (/<!DOCTYPE/i.test(text)) throw malformedXml();
  let document: unknown;
  try {
    document = parser.parse(text, true);
  } catch {
    throw malformedXml();
  }
  const [root] = Object.entries(document as Record<string, unknown>).filter(([name]) => name !== '#text');
  const value = root ? clean(root[1]) : '';
  if (typeof value === 'object' && !Array.isArray(value)) return value as XmlStructure;
  if (typeof value === 'string' && root && value.trim() === '') return {};
  throw malformedXml();
}

export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
