import { parseJson } from '../../../core/json.js';
import { fromJson, textOf, type Value, type VtlObject } from './value.js';

/** `$util` ("Variables for data transformations for API Gateway"). */
export const util: VtlObject = {
  kind: 'object',
  property: () => null,
  call: (name, [first = null]) => {
    if (first === null) return null;
    const text = textOf(first);
    switch (name) {
      case 'escapeJavaScript':
        return escapeJavaScript(text);
      case 'parseJson':
        return parsed(text);
      case 'urlEncode':
        return urlEncode(text);
      case 'urlDecode':
        return urlDecode(text);
      case 'base64Encode':
        return Buffer.from(text, 'utf8').toString('base64');
      case 'base64Decode':
        return Buffer.from(text, 'base64').toString('utf8');
      default:
        return null;
    }
  },
};

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** As a string literal of JavaScript; single quotes are escaped too, which JSON does not know. */
function escapeJavaScript(text: string): string {
  return text.replace(/["'\\]|[^ -~]/g, (character) => {
    const known = ESCAPES[character];
    return known ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function parsed(text: string): Value {
  try {
    return fromJson(parseJson(text));
  } catch {
    return null;
  }
}

/** As a form field: a space is a plus. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
