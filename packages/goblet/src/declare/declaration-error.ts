import type { SourceLine } from '../definition.js';
import type { ErrorCode } from '../error-codes.js';
import { showLine } from './source-line.js';

/** Thrown while an app is declared, by a mistake that would otherwise show when it is deployed. */
export class DeclarationError extends TypeError {
  readonly code: ErrorCode;
  /** @param lines what is wrong together, where the message does not name it itself */
  constructor(code: ErrorCode, message: string, ...lines: readonly (SourceLine | undefined)[]) {
    const known = lines.flatMap((line) => (line ? [showLine(line, '')] : []));
    super(`${code}: ${message}${known.length ? ` (${known.join(', ')})` : ''}`);
    this.name = 'DeclarationError';
    this.code = code;
  }
}
