const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Text for an XML element or attribute. */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these, so they are left out
  return text.replace(/[&<>"\r]/g, (c) => ESCAPES[c] ?? c).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}

/**
 * Writes an element and everything below it. Objects become elements; members whose name starts with `@` attributes;
 * `undefined` and `null` nothing; dates ISO 8601; bytes base64; a Map `<entry><key/><value/></entry>`.
 *
 * @param item the element around each item of a list: the query protocol has `member`. Without it, lists are
 *   flattened, as S3 has them: the element is repeated.
 */
export function writeXml(name: string, value: unknown, item?: string): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    if (item === undefined) return value.map((one) => writeXml(name, one)).join('');
    return `<${name}>${value.map((one) => writeXml(item, one, item)).join('')}</${name}>`;
  }
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (value instanceof Uint8Array) return `<${name}>${Buffer.from(value).toString('base64')}</${name}>`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, one]) => ({ key, value: one }));
    return `<${name}>${entries.map((entry) => writeXml('entry', entry, item)).join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    let attributes = '';
    let inner = '';
    for (const [key, one] of Object.entries(value)) {
      if (key.startsWith('@')) attributes += ` ${key.slice(1)}="${escapeXml(String(one))}"`;
      else inner += writeXml(key, one, item);
    }
    return `<${name}${attributes}>${inner}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
