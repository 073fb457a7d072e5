import type { Terminal } from '../terminal/terminal.js';

/** One option of a command, in commander's spelling: `-p, --port <number>`. */
export interface OptionDefinition {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string | boolean;
  /** True if it may be repeated; its value is a list. */
  readonly repeatable?: true;
}

/** The options on the command line: flags as given, undefined if omitted. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One command. Each is exported by one small file. */
export interface CommandDefinition {
  readonly name: string;
  /** Positional arguments in commander's spelling: `<command> [args...]` */
  readonly arguments?: string;
  readonly summary: string;
  readonly description: string;
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** True if options after the first argument belong to another program. */
  readonly passThrough?: boolean;
  /**
   * Resolves to the exit code; throws CliError. Imports large modules when it runs, because every command loads every
   * definition.
   */
  readonly run: (args: readonly string[], options: OptionValues, terminal: Terminal) => Promise<number>;
}
