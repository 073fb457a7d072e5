import { CliError } from '../cli-error.js';
import { jsonAndYaml } from '../errors/option.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { text } from './option-value.js';
import { writeOutput } from './output-file.js';
import { takenApp } from './taken-app.js';
import { tellWritten } from './written.js';

export const openapi: CommandDefinition = {
  name: 'openapi',
  arguments: '[file]',
  summary: 'write the API as OpenAPI 3.1',
  description:
    'Writes the OpenAPI 3.1 document of the app, with routes, schemas, authorizers and errors, to a file or to standard output. A file name that ends in .yaml or .yml selects YAML, any other JSON.',
  options: [
    ENTRY_OPTION,
    { flags: '--format <format>', description: 'json or yaml; overrides the file name', choices: ['json', 'yaml'] },
    { flags: '--api-version <version>', description: 'version of the API (default: 1.0.0)' },
    { flags: '--server <url>', description: 'URL of the API' },
    { flags: '--json', description: 'print the document as JSON; with a file, print the written file as JSON' },
  ],
  examples: [
    ['npx goblet openapi openapi.yaml', 'write a file'],
    ['npx goblet openapi | jq .paths', 'write to standard output'],
  ],
  run: async ([file], options, terminal) => {
    const given = text(options, 'format');
    const json = options.json === true;
    if (json && file === undefined && given === 'yaml') throw new CliError(jsonAndYaml());
    const { openApi, renderDocument } = await import('@goblet/build');
    const { inventory } = await takenApp(options, terminal);
    const version = text(options, 'apiVersion');
    const server = text(options, 'server');
    const document = openApi(inventory, {
      ...(version !== undefined && { version }),
      ...(server !== undefined && { servers: [server] }),
    });
    const format = given ?? (/\.ya?ml$/.test(file ?? '') ? 'yaml' : 'json');
    const rendered = renderDocument(document, format === 'yaml' ? 'yaml' : 'json');
    if (file === undefined) terminal.out(rendered.trimEnd());
    else {
      writeOutput(file, rendered);
      tellWritten([file], inventory, { json }, terminal);
    }
    return 0;
  },
};
