import { coded } from './catalogue.js';

export const GOBLET_CLI_COMMAND =
  'The command is unknown, or the program that `goblet exec` was to run does not exist. `goblet --help` lists the commands.';

/** @param complaint what the parser of the command line says */
export const unknownCommand = (complaint: string, command: string) =>
  coded('GOBLET_CLI_COMMAND', `${complaint}; see goblet ${command}--help`);

export const GOBLET_CLI_FAULT = 'An error in the command itself, with exit code 2. Report it with the stack trace.';

export const fault = () => coded('GOBLET_CLI_FAULT', 'this is a bug in goblet; please report it with the lines below');

export const GOBLET_CLI_NOT_FOUND = 'A file that the command was to read does not exist.';

export const programNotFound = (program: string) =>
  coded('GOBLET_CLI_NOT_FOUND', `command ${program} not found; check its spelling and your PATH`);

export const templatesNotInstalled = () =>
  coded(
    'GOBLET_CLI_NOT_FOUND',
    'create-goblet is not installed beside @goblet/cli; npm create goblet <folder> downloads it and does the same',
  );
