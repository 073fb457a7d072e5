import type { Inventory } from '@goblet/build';
import type { Terminal } from '../terminal/terminal.js';

/** Reports what a command wrote: with `--json` on standard output together with `more`, else one line for each file. */
export function tellWritten(
  files: readonly string[],
  { name, routes }: Inventory,
  { json, ...more }: { readonly json: boolean } & Readonly<Record<string, unknown>>,
  terminal: Terminal,
): void {
  if (json) terminal.out(JSON.stringify({ app: name, routes: routes.length, files, ...more }, null, 2));
  else for (const file of files) terminal.note(`${file}: ${count(routes.length)} of ${name}`);
}

const count = (routes: number): string => `${routes} ${routes === 1 ? 'route' : 'routes'}`;
