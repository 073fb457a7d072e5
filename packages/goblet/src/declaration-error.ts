import type { ErrorCode } from './error-codes.js';

/** Thrown while an app is declared, by a mistake that would otherwise show when it is deployed. */
export class DeclarationError extends TypeError {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.name = 'DeclarationError';
    this.code = code;
  }
}
