import { boundedSearch, SearchTooLong } from '../../../core/regular-expression.js';
import { TemplateError } from './syntax.js';

const SPECIAL = /[\\^$.*+?()[\]{}|]/;

/** A regular expression of Java, as far as JavaScript has the same. Text without special characters is found as it is. */
export interface Pattern {
  readonly matches: (text: string) => boolean;
  readonly replaceAll: (text: string, replacement: string) => string;
  readonly replaceFirst: (text: string, replacement: string) => string;
  readonly split: (text: string) => readonly string[];
}

/** @throws TemplateError where it is no regular expression, or takes too long on a text */
export function patternOf(source: string): Pattern {
  if (source !== '' && !SPECIAL.test(source)) {
    return {
      matches: (text) => text === source,
      replaceAll: (text, replacement) => text.replaceAll(source, javaReplacement(replacement)),
      replaceFirst: (text, replacement) => text.replace(source, javaReplacement(replacement)),
      split: (text) => text.split(source),
    };
  }
  let expression: RegExp;
  let whole: RegExp;
  try {
    expression = new RegExp(source, 'g');
    whole = new RegExp(`^(?:${source})$`, 's');
  } catch {
    throw new TemplateError(`${source} is not a regular expression`);
  }
  const within = boundedSearch(source);
  const search = <T>(text: string, run: () => T): T => {
    try {
      return within(text, run);
    } catch (error) {
      throw error instanceof SearchTooLong ? new TemplateError(error.message) : error;
    }
  };
  return {
    matches: (text) => search(text, () => whole.test(text)),
    replaceAll: (text, replacement) => search(text, () => text.replace(expression, javaReplacement(replacement))),
    replaceFirst: (text, replacement) =>
      search(text, () => text.replace(new RegExp(source), javaReplacement(replacement))),
    split: (text) => search(text, () => text.split(new RegExp(source))),
  };
}

/** `$1` is a group in both languages; a backslash takes its meaning from the next character in Java's. */
function javaReplacement(replacement: string): string {
  return replacement.replace(/\\([\s\S])|\$(\d)|\$/g, (_, escaped?: string, group?: string) => {
    if (escaped !== undefined) return escaped === '$' ? '$$' : escaped;
    return group === undefined ? '$$' : `$${group}`;
  });
}
