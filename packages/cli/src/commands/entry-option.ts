import type { OptionDefinition } from './command.js';

/** The option of every command that reads the app's source. */
export const ENTRY_OPTION: OptionDefinition = {
  flags: '--entry <file>',
  description: "the app's file or folder (default: goblet.entry of package.json, app.ts, src/app.ts)",
};
