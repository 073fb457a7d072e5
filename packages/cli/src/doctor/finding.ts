/** What a check found: as it should be, a trap, or what keeps something from working. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** What to do; none where all is well. */
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

/** Where a check looks. */
export interface Patient {
  /** The folder that the command runs in. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--entry` */
  readonly entry: string | undefined;
  /** `--data` */
  readonly dataFolder: string | undefined;
}
