import { relative, sep } from 'node:path';
import type { Entry } from '../entry.js';
import type { Inventory } from '../inventory.js';

/** The module that a function's runtime loads. It exports one handler for each function, all of the same app. */
export function generatedEntry(inventory: Inventory, entry: Entry): string {
  const app = `./${relative(entry.project, entry.file).split(sep).join('/')}`;
  const handlers = inventory.functions.map(
    ({ name }) => `export const ${name} = lambdaHandler(app, ${JSON.stringify(name)});`,
  );
  return [
    `import { lambdaHandler, started } from 'goblet/lambda';`,
    `import { app } from ${JSON.stringify(app)};`,
    ...handlers,
    // On Lambda `setup` is part of the init phase, which has a full processor and is not billed as a request.
    'if (process.env.AWS_LAMBDA_RUNTIME_API) await started(app);',
    '',
  ].join('\n');
}
