import { CliError } from '../cli-error.js';
import type { CommandDefinition } from '../command.js';
import { text } from '../option-value.js';
import { ENTRY_OPTION } from './entry-option.js';
import { writeOutput } from './output-file.js';

export const client: CommandDefinition = {
  name: 'client',
  arguments: '<file>',
  summary: 'write a typed client of the API',
  description:
    'Writes one TypeScript file: the types of the API, and a client that runs on openapi-fetch. Whoever calls the API needs that file and openapi-fetch, and nothing of Goblet.',
  options: [ENTRY_OPTION, { flags: '--json', description: 'what was written, as JSON' }],
  examples: [['npx goblet client src/web-api-client.ts', 'and: npm install openapi-fetch']],
  run: async ([file], options, terminal) => {
    if (file === undefined || !/\.ts$/.test(file)) {
      throw new CliError(
        'GOBLET_CLI_OPTION',
        `${file ?? 'nothing'} is no TypeScript file; give one such as src/client.ts`,
      );
    }
    const { clientSource, openApi, takeInventory } = await import('@goblet/build');
    const entry = text(options, 'entry');
    const { inventory } = await takeInventory({ ...(entry !== undefined && { entry }), directory: process.cwd() });
    writeOutput(file, await clientSource(openApi(inventory), inventory.name));
    const { name, routes } = inventory;
    if (options.json === true) terminal.out(JSON.stringify({ file, app: name, routes: routes.length }));
    else terminal.note(`${file}: ${routes.length} routes of ${name}`);
    return 0;
  },
};
