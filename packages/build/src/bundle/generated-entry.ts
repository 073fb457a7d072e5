import { relative, sep } from 'node:path';
import type { Entry } from '../entry.js';
import type { Inventory } from '../inventory.js';

/** The module that a function's runtime loads: one exported handler per function, all of the same app. */
export function generatedEntry(inventory: Inventory, entry: Entry): string {
  const app = `./${relative(entry.project, entry.file).split(sep).join('/')}`;
  const handlers = inventory.functions.map(
    ({ name }) => `export const ${name} = lambdaHandler(app, ${JSON.stringify(name)});`,
  );
  return [
    `import { lambdaHandler } from 'goblet/lambda';`,
    `import { app } from ${JSON.stringify(app)};`,
    ...handlers,
    '',
  ].join('\n');
}
