/** A pattern as UTF-16 code units, with `ANY` for `*` and `ONE` for `?`, so that it can also contain a literal `*`. */
export type Glob = readonly number[];

/** Any run of characters, the empty one included. */
export const ANY = -1;
/** Exactly one character. */
export const ONE = -2;

const STAR = 0x2a;
const QUESTION_MARK = 0x3f;

/** The characters of a text, none of them special. */
export function literal(text: string): number[] {
  const units: number[] = [];
  for (let i = 0; i < text.length; i++) units.push(text.charCodeAt(i));
  return units;
}

/** The pattern that a text with `*` and `?` spells. */
export function glob(text: string): number[] {
  return literal(text).map((unit) => (unit === STAR ? ANY : unit === QUESTION_MARK ? ONE : unit));
}

/** True if the whole text matches the pattern. Takes at most pattern × text steps: no pattern makes it hang. */
export function matchesGlob(pattern: Glob, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === ANY) {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === ONE || pattern[p] === text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === ANY) p++;
  return p === pattern.length;
}

/** A matcher for one pattern; the common shapes (no wildcard, one at the end) do not walk it. */
export function compileGlob(pattern: Glob): (text: string) => boolean {
  const special = pattern.findIndex((unit) => unit < 0);
  if (special < 0) {
    const exact = String.fromCharCode(...pattern);
    return (text) => text === exact;
  }
  if (special === pattern.length - 1 && pattern[special] === ANY) {
    const prefix = String.fromCharCode(...pattern.slice(0, special));
    return (text) => text.startsWith(prefix);
  }
  return (text) => matchesGlob(pattern, text);
}
