// RFC 9110, section 5: a field name is a token; a value holds no control characters but the tab.
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

export function isFieldName(name: string): boolean {
  return NAME.test(name);
}

/** The value as HTTP carries it, what Latin-1 cannot say as UTF-8; undefined where no header may have it. */
export function fieldValue(text: string): string | undefined {
  if (CONTROL.test(text)) return undefined;
  return /[\u0100-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
