import { ANY, type Glob, glob, literal, ONE } from '../core/wildcard.js';

/** The value of a condition key in the current request; undefined if the request has none. */
export type ContextValues = (key: string) => string | readonly string[] | undefined;

interface Variable {
  /** Lower-case: condition keys have no case. */
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A value of a policy, its variables not filled in yet. */
export interface Template {
  readonly parts: readonly (Glob | Variable)[];
}

const REFERENCE = /\$\{([^{}]*)\}/g;
const ESCAPED = new Set(['*', '?', '$']);

/**
 * Reads `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` and the escapes `${*}`, `${?}`, `${$}`
 * (IAM User Guide, "IAM policy elements: Variables and tags").
 * @param wildcards true if `*` and `?` outside of variables are wildcards
 * @param variables false for policies of version 2008-10-17, where `${` is text
 */
export function parseTemplate(text: string, wildcards: boolean, variables: boolean): Template {
  const plain = wildcards ? glob : literal;
  if (!variables || !text.includes('${')) return { parts: [plain(text)] };
  const parts: (Glob | Variable)[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const body = match[1] ?? '';
    if (match.index > end) parts.push(plain(text.slice(end, match.index)));
    end = match.index + match[0].length;
    parts.push(ESCAPED.has(body) ? literal(body) : parseVariable(body));
  }
  if (end < text.length) parts.push(plain(text.slice(end)));
  return { parts };
}

function parseVariable(body: string): Variable {
  const [, key = body, fallback] = /^([^,]*?)\s*,\s*'([^']*)'\s*$/.exec(body) ?? [];
  return { key: key.trim().toLowerCase(), fallback };
}

/** True if every request sees the same pattern. */
export function isConstant(template: Template): boolean {
  return template.parts.every((part) => !('key' in part));
}

/**
 * The pattern for one request. What a variable brings is taken literally. Undefined where a variable has neither one
 * value nor a default: then nothing matches.
 */
export function expand(template: Template, values: ContextValues): Glob | undefined {
  const units: number[] = [];
  for (const part of template.parts) {
    if (!('key' in part)) {
      units.push(...part);
      continue;
    }
    const value = values(part.key) ?? part.fallback;
    if (typeof value !== 'string') return undefined;
    units.push(...literal(value));
  }
  return units;
}

/** The pattern as text, where no wildcard is in it. */
export function textOf(pattern: Glob): string {
  return pattern.map((unit) => (unit === ANY ? '*' : unit === ONE ? '?' : String.fromCharCode(unit))).join('');
}
