import type { SourceLine } from '../definition.js';
import type { ErrorCode } from '../error-codes.js';
import { showLine } from './source-line.js';

/** Thrown while an app is declared, for a mistake that would otherwise only show in a deployment. */
export class DeclarationError extends TypeError {
  readonly code: ErrorCode;
  /** @param lines the lines in conflict, if the message does not name them itself */
  constructor(code: ErrorCode, message: string, ...lines: readonly (SourceLine | undefined)[]) {
    const known = lines.flatMap((line) => (line ? [showLine(line, '')] : []));
    super(`${code}: ${message}${known.length ? ` (${known.join(', ')})` : ''}`);
    this.name = 'DeclarationError';
    this.code = code;
  }
}
