import type { Coded } from '../errors/catalogue.js';
import type { ErrorCode } from '../errors/index.js';
import { showLine } from './source-line.js';

/** Thrown while an app is declared, for a mistake that would otherwise only show in a deployment. */
export class DeclarationError extends TypeError {
  readonly code: ErrorCode;

  /** @param coded an entry of the catalogue with its arguments */
  constructor({ code, sentence, lines }: Coded<ErrorCode>) {
    const known = lines.flatMap((line) => (line ? [showLine(line, '')] : []));
    super(`${code}: ${sentence}${known.length ? ` (${known.join(', ')})` : ''}`);
    this.name = 'DeclarationError';
    this.code = code;
  }
}
