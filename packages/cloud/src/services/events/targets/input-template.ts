/** A template of what a target is given, with its placeholders: `{ "user": <user> }` */
export interface InputTemplate {
  /** True of a template that is lines of text in quotes, false of one that is JSON. */
  readonly isText: boolean;
  readonly parts: readonly (
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'placeholder'; readonly name: string; readonly quoted: boolean }
  )[];
}

const PLACEHOLDER = /<(?<name>[^<>\s]+)>/y;

/**
 * Splits a template at its placeholders, and distinguishes placeholders in a JSON string from placeholders for a value.
 */
export function parseInputTemplate(template: string): InputTemplate {
  const parts: InputTemplate['parts'][number][] = [];
  let text = '';
  let quoted = false;
  for (let at = 0; at < template.length; ) {
    PLACEHOLDER.lastIndex = at;
    const name = PLACEHOLDER.exec(template)?.groups?.name;
    if (name !== undefined) {
      parts.push({ kind: 'text', text }, { kind: 'placeholder', name, quoted });
      text = '';
      at = PLACEHOLDER.lastIndex;
      continue;
    }
    const length = template[at] === '\\' ? 2 : 1;
    if (template[at] === '"') quoted = !quoted;
    text += template.slice(at, at + length);
    at += length;
  }
  return { isText: template.trimStart().startsWith('"'), parts: [...parts, { kind: 'text', text }] };
}

/** Fills a template. A value that is not there is the empty text, in strings and outside of them. */
export function fill({ isText, parts }: InputTemplate, valueFor: (name: string) => unknown): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const value = valueFor(part.name) ?? '';
      const json = JSON.stringify(value);
      if (!part.quoted) return json;
      if (typeof value === 'string') return json.slice(1, -1);
      // As AWS was recorded: in a text, lists and objects lose their quotes; in a string of JSON they keep them, which
      // makes what comes out of it no JSON.
      return isText ? json.replaceAll('"', '') : json;
    })
    .join('');
}

/** True of what EventBridge hands on: JSON, or lines of which each is JSON. */
export function isDeliverable(filled: string): boolean {
  return isJson(filled) || filled.split('\n').every((line) => isJson(line));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
