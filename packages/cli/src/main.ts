import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import type { CommandDefinition, OptionValues } from './commands/command.js';
import { commands } from './commands/index.js';
import type { Coded } from './errors/catalogue.js';
import { fault, unknownCommand } from './errors/command.js';
import { refusedByParser } from './errors/option.js';
import { failureText } from './terminal/failure-text.js';
import { processTerminal, type Terminal } from './terminal/terminal.js';

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

function examplesText(examples: CommandDefinition['examples']): string {
  if (examples.length === 0) return '';
  const lines = examples.map(([command, what]) => `  ${command}\n      ${what}`);
  return `\nExamples:\n${lines.join('\n')}\n`;
}

/** Converts the table of commands into a parser that runs one of them and keeps its exit code. */
function parser(terminal: Terminal, done: (exitCode: number) => void): Command {
  const program = new Command('goblet')
    .description('The serverless microframework for TypeScript on AWS.')
    .version(version())
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: () => {} })
    .showSuggestionAfterError();
  for (const definition of commands) {
    const command = program
      .command(definition.arguments ? `${definition.name} ${definition.arguments}` : definition.name)
      .summary(definition.summary)
      .description(definition.description)
      .exitOverride()
      .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: () => {} })
      .addHelpText('after', examplesText(definition.examples));
    if (definition.passThrough) command.passThroughOptions();
    for (const given of definition.options) {
      const option = new Option(given.flags, given.description);
      if (given.choices) option.choices(given.choices);
      if (given.default !== undefined) option.default(given.default);
      if (given.repeatable) option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
      command.addOption(option);
    }
    command.action(async () => {
      done(await definition.run(command.args, command.opts<OptionValues>(), terminal));
    });
  }
  return program;
}

/** Commander's own error in our format: a code, and one line that says what to do. */
function usageError(error: CommanderError, asked: string | undefined): Coded {
  const complaint = error.message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  const command = commands.some(({ name }) => name === asked) ? `${asked} ` : '';
  return error.code === 'commander.unknownCommand'
    ? unknownCommand(complaint, command)
    : refusedByParser(complaint, command);
}

/** Our own errors, and those of our packages, have a code that starts with GOBLET_. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('GOBLET_') ? error.code : undefined;
}

/** Prints an error and returns the exit code: 1 for an error that the user can fix, 2 for a bug in goblet. */
function report(error: unknown, terminal: Terminal): number {
  const { red, dim } = terminal.colors;
  const code = codeOf(error);
  if (error instanceof Error && code !== undefined) {
    const [message = '', ...detail] = failureText(error).split('\n');
    terminal.note(`${red(code)}: ${message.startsWith(code) ? message.slice(code.length + 2) : message}`);
    for (const line of detail) terminal.note(dim(line));
    return 1;
  }
  const ours = fault();
  terminal.note(`${red(ours.code)}: ${ours.sentence}`);
  terminal.note(dim(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return 2;
}

/** Runs a command line on a terminal; `main` says what it returns. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  try {
    const program = parser(terminal, (code) => {
      exitCode = code;
    });
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error, terminal);
    if (error.exitCode === 0) return 0;
    const { code, sentence } = usageError(error, argv[0]);
    terminal.note(`${code}: ${sentence}`);
    return 1;
  }
}

/**
 * Runs the command line of this process, until it ends or a signal ends it.
 *
 * @param argv the arguments after `goblet`
 * @returns the exit code: 0, 1 for an error that the user can fix, 2 for a bug in goblet; `exec` returns the exit code
 * of its command
 */
export async function main(argv: readonly string[]): Promise<number> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, end);
  try {
    return await runCommandLine(argv, processTerminal(ending.signal));
  } finally {
    for (const signal of signals) process.removeListener(signal, end);
  }
}
