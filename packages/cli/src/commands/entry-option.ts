import type { OptionDefinition } from './command.js';

/** The option of every command that reads the app's source. */
export const ENTRY_OPTION: OptionDefinition = {
  flags: '--entry <file>',
  description: 'file or folder of the app (default: goblet.entry in package.json, app.ts, src/app.ts)',
};
