/** The result of a check: all is well, a trap, or something that does not work. */
export interface Finding {
  /** The subject of the check, in a word or two. */
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** The advice; undefined if all is well. */
  readonly remedy?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, status: 'ok', found });

export const warn = (check: string, found: string, remedy: string): Finding => ({
  check,
  status: 'warn',
  found,
  remedy,
});

export const fail = (check: string, found: string, remedy: string): Finding => ({
  check,
  status: 'fail',
  found,
  remedy,
});

/** The input of the checks. */
export interface Patient {
  /** The folder in which the command runs. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--entry` */
  readonly entry: string | undefined;
  /** `--data` */
  readonly dataFolder: string | undefined;
}
