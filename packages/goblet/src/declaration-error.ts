/** Thrown while an app is declared, by a mistake that would otherwise show when it is deployed. */
export class DeclarationError extends TypeError {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'DeclarationError';
    this.code = code;
  }
}
