/** An error as Lambda's Runtime API takes it. */
export interface ErrorShape {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** An error of the runtime itself, named as Lambda's Node.js runtime names it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** The error that the function's caller sees, for any thrown value. Never throws. */
export function errorShape(thrown: unknown): ErrorShape {
  try {
    if (isError(thrown)) {
      return {
        errorType: String(thrown.name),
        errorMessage: String(thrown.message),
        trace: String(thrown.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem',
      trace: [],
    };
  }
}

/** The error as Lambda's Node.js runtime writes it into the log. */
export function loggedError(thrown: unknown): string {
  try {
    if (!isError(thrown)) return JSON.stringify(errorShape(thrown));
    const { trace, ...named } = errorShape(thrown);
    return `\t${JSON.stringify({ ...named, ...thrown, stack: trace })}`;
  } catch {
    return JSON.stringify(errorShape(thrown));
  }
}
