/** Where in the text of a pattern its reader is when it finds a fault: at the start of a value, or behind its end. */
export type Reached = 'start' | 'end';

/** A fault of an event pattern. Its message is the reason, in the words of EventBridge's parser. */
export class PatternError extends Error {
  /**
   * @param reached where the reader is; undefined for faults of meaning, which have no place
   * @param path members and indexes that lead to the value
   * @param listed whether it was found in a list of `anything-but`, where EventBridge gives the place twice
   */
  constructor(
    message: string,
    readonly reached?: Reached,
    readonly path: readonly (string | number)[] = [],
    readonly listed = false,
  ) {
    super(message);
  }
}

/** Runs a reader of the value below a member or index; a fault of it gets its place. */
export function below<T>(step: string | number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new PatternError(error.message, error.reached, [step, ...error.path], error.listed);
  }
}

/** Runs a reader of the values of a list of `anything-but`. */
export function inList<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new PatternError(error.message, error.reached, error.path, true);
  }
}
