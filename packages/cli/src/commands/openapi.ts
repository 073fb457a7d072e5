import type { CommandDefinition } from '../command.js';
import { text } from '../option-value.js';
import { ENTRY_OPTION } from './entry-option.js';
import { writeOutput } from './output-file.js';

export const openapi: CommandDefinition = {
  name: 'openapi',
  arguments: '[file]',
  summary: 'write the API as OpenAPI 3.1',
  description:
    'Writes the OpenAPI 3.1 document of the app to a file, else to standard output: routes, schemas, authorizers and errors. A file that ends in .yaml or .yml is YAML, any other JSON.',
  options: [
    ENTRY_OPTION,
    { flags: '--format <format>', description: 'json or yaml, whatever the file is called', choices: ['json', 'yaml'] },
    { flags: '--api-version <version>', description: 'the version of the API (default: 1.0.0)' },
    { flags: '--server <url>', description: 'the address at which the API answers' },
  ],
  examples: [
    ['npx goblet openapi openapi.yaml', 'to a file'],
    ['npx goblet openapi | jq .paths', 'to standard output'],
  ],
  run: async ([file], options, terminal) => {
    const { openApi, renderDocument, takeInventory } = await import('@goblet/build');
    const entry = text(options, 'entry');
    const { inventory } = await takeInventory({ ...(entry !== undefined && { entry }), directory: process.cwd() });
    const version = text(options, 'apiVersion');
    const server = text(options, 'server');
    const document = openApi(inventory, {
      ...(version !== undefined && { version }),
      ...(server !== undefined && { servers: [server] }),
    });
    const format = text(options, 'format') ?? (/\.ya?ml$/.test(file ?? '') ? 'yaml' : 'json');
    const rendered = renderDocument(document, format === 'yaml' ? 'yaml' : 'json');
    if (file === undefined) terminal.out(rendered.trimEnd());
    else {
      writeOutput(file, rendered);
      terminal.note(`${file}: ${inventory.routes.length} routes`);
    }
    return 0;
  },
};
