import { createContext, Script } from 'node:vm';
import { TemplateError } from './syntax.js';

/** Milliseconds that one search may take: some expressions need years for a short text. */
const LONGEST = 100;

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
  return {
    matches: (text) => bounded(() => whole.test(text)),
    replaceAll: (text, replacement) => bounded(() => text.replace(expression, javaReplacement(replacement))),
    replaceFirst: (text, replacement) => bounded(() => text.replace(new RegExp(source), javaReplacement(replacement))),
    split: (text) => bounded(() => text.split(new RegExp(source))),
  };
}

/** `$1` is a group in both languages; a backslash takes its meaning from the next character in Java's. */
function javaReplacement(replacement: string): string {
  return replacement.replace(/\\([\s\S])|\$(\d)|\$/g, (_, escaped?: string, group?: string) => {
    if (escaped !== undefined) return escaped === '$' ? '$$' : escaped;
    return group === undefined ? '$$' : `$${group}`;
  });
}

let runner: { readonly script: Script; readonly context: { run?: () => unknown } } | undefined;

/** Runs a search that is ended where it takes too long. */
function bounded<T>(search: () => T): T {
  runner ??= { script: new Script('run()'), context: createContext({}) };
  let result: { readonly value: T } | undefined;
  runner.context.run = () => {
    result = { value: search() };
  };
  try {
    runner.script.runInContext(runner.context, { timeout: LONGEST });
  } catch (error) {
    if (result === undefined) throw new TemplateError(`a regular expression takes more than ${LONGEST} ms`);
    throw error;
  } finally {
    runner.context.run = undefined;
  }
  if (result === undefined) throw new TemplateError('a regular expression did not end');
  return result.value;
}
