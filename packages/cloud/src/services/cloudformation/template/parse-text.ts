import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type Json, mapOf } from './json.js';
import { validationError } from './template-error.js';

/** CloudFormation's limit on a template that is passed by URL, in bytes. */
const LARGEST_TEMPLATE = 1024 * 1024;

/**
 * The JSON value of a template's text, JSON or YAML; YAML's short forms (`!Sub`) become the long ones.
 * @throws AwsError ValidationError where the text is neither
 */
export function parseTemplateText(text: string): Json {
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE) {
    throw validationError(`Template may not exceed ${LARGEST_TEMPLATE} bytes in size.`);
  }
  return text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Flow mappings of YAML look like JSON at the start and are accepted too.
    const document = parseDocument(text, { logLevel: 'silent' });
    if (document.errors.length === 0) return toJson(document.contents, document);
    throw validationError(
      `Template format error: JSON not well-formed. ${error instanceof Error ? error.message : ''}`.trim(),
    );
  }
}

function parseYaml(text: string): Json {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const at = error.linePos?.[0];
    throw validationError(
      `Template format error: YAML not well-formed.${at ? ` (line ${at.line}, column ${at.col})` : ` ${error.message}`}`,
    );
  }
  return toJson(document.contents, document);
}

function toJson(node: unknown, document: Document): Json {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) return toJson(resolveAlias(node, document), document);
  const value = plain(node, document);
  return withTag(node, value);
}

function resolveAlias(alias: Alias, document: Document): unknown {
  const node = alias.resolve(document);
  if (!node) throw validationError(`Template format error: YAML alias ${alias.source} is not defined`);
  return node;
}

function plain(node: unknown, document: Document): Json {
  if (isScalar(node)) {
    const { value } = node;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }
  if (isSeq(node)) return node.items.map((item) => toJson(item, document));
  if (isMap(node)) {
    return mapOf(
      node.items.map(({ key, value }) => {
        const name = isScalar(key) ? key.value : key;
        if (typeof name === 'object' && name !== null)
          throw validationError('Template format error: a map key is not a string');
        return [String(name), toJson(value, document)] as const;
      }),
    );
  }
  throw validationError('Template format error: unsupported structure.');
}

/** `!Sub x` is `{ "Fn::Sub": "x" }`; `!Ref` and `!Condition` have no `Fn::`; `!GetAtt a.b` is a list. */
function withTag(node: unknown, value: Json): Json {
  const tag = (node as Node & { tag?: string }).tag;
  if (!tag?.startsWith('!') || tag === '!') return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return mapOf([[name, value]]);
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return mapOf([['Fn::GetAtt', dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)]]]);
  }
  return mapOf([[`Fn::${name}`, value]]);
}
