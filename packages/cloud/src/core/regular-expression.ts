import { createContext, Script } from 'node:vm';

/** Milliseconds that one search may take: some expressions need years for a short text. */
const LONGEST = 100;

/** Steps of a search that is short enough not to be timed. */
const SHORT = 1_000_000;

/** A search for a regular expression of somebody else that takes too long. */
export class SearchTooLong extends Error {
  constructor() {
    super(`a regular expression takes more than ${LONGEST} ms`);
  }
}

let runner: { readonly script: Script; readonly context: { run?: () => unknown } } | undefined;

/** Runs a search that is ended where it takes too long. @throws SearchTooLong */
function timed<T>(search: () => T): T {
  runner ??= { script: new Script('run()'), context: createContext({}) };
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  runner.context.run = () => {
    try {
      outcome = { value: search() };
    } catch (error) {
      outcome = { error };
    }
  };
  try {
    runner.script.runInContext(runner.context, { timeout: LONGEST });
  } catch {
    // The time is over.
  } finally {
    runner.context.run = undefined;
  }
  if (outcome === undefined) throw new SearchTooLong();
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** The power of a text's length that bounds the steps of a search; infinite where a repeated group repeats in itself. */
function powerOf(source: string): number {
  if (/\)[*+{]/.test(source)) return Number.POSITIVE_INFINITY;
  return 1 + (source.match(/[*+?{]/g)?.length ?? 0);
}

/**
 * Makes searches for a regular expression of somebody else end. Whoever reads one of a template, an API or a filter
 * takes it from here: JavaScript's own can hold the cloud up forever.
 *
 * @returns runs a search in a text, which throws SearchTooLong if it does not end soon
 * @example boundedSearch('(a+)+$')('aaaa!', (text) => expression.test(text))
 */
export function boundedSearch(source: string): <T>(text: string, search: () => T) => T {
  const power = powerOf(source);
  return (text, search) => ((text.length + 1) ** power <= SHORT ? search() : timed(search));
}

/**
 * A regular expression of somebody else, whose test of a text ends.
 *
 * @returns tests a text: `undefined` if that takes too long
 * @throws SyntaxError if it is no regular expression
 */
export function boundedTest(source: string, flags = ''): (text: string) => boolean | undefined {
  const expression = new RegExp(source, flags);
  const within = boundedSearch(source);
  return (text) => {
    try {
      return within(text, () => expression.test(text));
    } catch (error) {
      if (error instanceof SearchTooLong) return undefined;
      throw error;
    }
  };
}
