import { watched } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import type { OptionValues } from './command.js';
import { text } from './option-value.js';

/** The inventory of the app that `--entry` names, else of the app in the working directory. */
export async function takenApp(options: OptionValues, terminal: Terminal) {
  const { takeInventory } = await import('@goblet/build');
  const entry = text(options, 'entry');
  return watched('taking the inventory', terminal, () =>
    takeInventory({ ...(entry !== undefined && { entry }), directory: process.cwd() }),
  );
}
