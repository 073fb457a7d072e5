/** A template of what a target is given, with its placeholders: `{ "user": <user> }` */
export type InputTemplate = readonly (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: string; readonly quoted: boolean }
)[];

const PLACEHOLDER = /<(?<name>[^<>\s]+)>/y;

/**
 * Splits a template at its placeholders, and distinguishes placeholders in a JSON string from placeholders for a value.
 */
export function parseInputTemplate(template: string): InputTemplate {
  const parts: InputTemplate[number][] = [];
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
  return [...parts, { kind: 'text', text }];
}

/** Fills a template. A value that is not there is the empty text, in strings and outside of them. */
export function fill(template: InputTemplate, valueFor: (name: string) => unknown): string {
  return template
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const json = JSON.stringify(valueFor(part.name) ?? '');
      if (!part.quoted) return json;
      return json.startsWith('"') ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
    })
    .join('');
}
