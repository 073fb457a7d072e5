/*
 * The form of the catalogue: in each module a constant named for a code has the text of the reference page, and below
 * it are its messages, as functions of their arguments.
 */

/** A message of the catalogue, for `new CloudError()`. */
export interface Coded<Code extends string = string> {
  readonly code: Code;
  /** It says what happened, where, and what to do. */
  readonly sentence: string;
}

export const coded = <const Code extends string>(code: Code, sentence: string): Coded<Code> => ({ code, sentence });

/** The codes of a module of the catalogue. */
export type CodeIn<Catalogue> = Extract<keyof Catalogue, `GOBLET_${string}`>;

/** The texts of the reference page, by code. */
export function textsIn<Catalogue extends object>(catalogue: Catalogue): Readonly<Record<CodeIn<Catalogue>, string>> {
  const texts = Object.entries(catalogue).filter(([name]) => name.startsWith('GOBLET_'));
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1))) as Record<CodeIn<Catalogue>, string>;
}
