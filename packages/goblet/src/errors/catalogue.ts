import type { SourceLine } from '../definition.js';

/*
 * The form of the catalogue: in each module a constant named for a code has the text of the reference page, and below
 * it are its messages, as functions of their arguments. An error of a declaration is `coded`, for `new
 * DeclarationError()`; other messages are the text of an error that a function throws, so that a bundle has the
 * messages that its code can throw and nothing else of the catalogue.
 */

/** The lines of the source that a message adds at its end, those that are known. */
export type Lines = readonly (SourceLine | undefined)[];

/** A message of the catalogue, for `new DeclarationError()`. */
export interface Coded<Code extends string = string> {
  readonly code: Code;
  /** It says what happened, where, and what to do. */
  readonly sentence: string;
  readonly lines: Lines;
}

/** @param lines the lines in conflict, if the sentence does not name them itself */
export const coded = <const Code extends string>(code: Code, sentence: string, ...lines: Lines): Coded<Code> => ({
  code,
  sentence,
  lines,
});

/** The codes of a module of the catalogue. */
export type CodeIn<Catalogue> = Extract<keyof Catalogue, `GOBLET_${string}`>;

/** The texts of the reference page, by code. */
export function textsIn<Catalogue extends object>(catalogue: Catalogue): Readonly<Record<CodeIn<Catalogue>, string>> {
  const texts = Object.entries(catalogue).filter(([name]) => name.startsWith('GOBLET_'));
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1))) as Record<CodeIn<Catalogue>, string>;
}
