import type { Terminal } from '../terminal/terminal.js';

/** One option of a command, in commander's spelling: `-p, --port <number>`. */
export interface OptionDefinition {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string | boolean;
  /** It may be given several times; its value is a list. */
  readonly repeatable?: true;
}

/** What was typed: flags as given, undefined where left out. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One command of the command line: one small file exports one of these. */
export interface CommandDefinition {
  readonly name: string;
  /** Positional arguments in commander's spelling: `<command> [args...]` */
  readonly arguments?: string;
  readonly summary: string;
  readonly description: string;
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** Options behind the first argument belong to another program. */
  readonly passThrough?: boolean;
  /** Resolves to the exit code; throws CliError. Imports what is large when it runs: every command loads every definition. */
  readonly run: (args: readonly string[], options: OptionValues, terminal: Terminal) => Promise<number>;
}
