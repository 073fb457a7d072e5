import { CliError } from '../cli-error.js';
import { notTypeScript } from '../errors/option.js';
import { watched } from '../terminal/progress.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { writeOutput } from './output-file.js';
import { takenApp } from './taken-app.js';
import { tellWritten } from './written.js';

export const client: CommandDefinition = {
  name: 'client',
  arguments: '<file>',
  summary: 'write a typed client of the API',
  description:
    'Writes one TypeScript file with the types of the API and a client that uses openapi-fetch. Callers of the API need that file and openapi-fetch, but no Goblet package.',
  options: [ENTRY_OPTION, { flags: '--json', description: 'print the written files as JSON' }],
  examples: [['npx goblet client src/web-api-client.ts', 'write the client; also run: npm install openapi-fetch']],
  run: async ([file], options, terminal) => {
    if (file === undefined || !/(?<!\.d)\.[cm]?ts$/.test(file)) {
      throw new CliError(notTypeScript(file));
    }
    const { clientSource, openApi } = await import('@goblet/build');
    const { inventory } = await takenApp(options, terminal);
    writeOutput(file, await watched('writing types', terminal, () => clientSource(openApi(inventory), inventory.name)));
    tellWritten([file], inventory, { json: options.json === true }, terminal);
    return 0;
  },
};
