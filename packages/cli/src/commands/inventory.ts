import { readFileSync } from 'node:fs';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { takenApp } from './taken-app.js';
import { noteWarnings } from './warnings.js';

/** Left-aligned columns, two spaces apart. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export const inventory: CommandDefinition = {
  name: 'inventory',
  summary: 'show what the app declares',
  description:
    'Shows the inventory of the app: its functions, routes, sources, authorizers and environment. It depends only on the source.',
  options: [
    ENTRY_OPTION,
    { flags: '--json', description: 'print the whole inventory as JSON' },
    { flags: '--schema', description: 'print the JSON Schema of inventories; needs no app' },
  ],
  examples: [
    ['npx goblet inventory', 'show the routes and their needs'],
    ['npx goblet inventory --json | jq .schemas', 'the schemas'],
    ['npx goblet inventory --schema > inventory.schema.json', 'write the schema, which has the unit of each number'],
  ],
  run: async (_args, options, terminal) => {
    if (options.schema === true) {
      terminal.out(readFileSync(new URL(import.meta.resolve('@goblet/build/inventory.schema.json')), 'utf8').trimEnd());
      return 0;
    }
    const { inventory: app, warnings } = await takenApp(options, terminal);
    noteWarnings(warnings, terminal);
    if (options.json === true) {
      terminal.out(JSON.stringify(app, null, 2));
      return 0;
    }
    terminal.out(`${app.name} (${app.api === 'rest' ? 'REST API' : 'HTTP API'}, ${app.entry})`);
    const line = (source?: { file: string; line: number }) => (source ? `${source.file}:${source.line}` : '');
    const section = (title: string, rows: readonly (readonly string[])[]) => {
      if (rows.length === 0) return;
      terminal.out(`\n${title}`);
      for (const row of columns(rows)) terminal.out(`  ${row}`);
    };
    section(
      'functions',
      app.functions.map(({ name, kind, stream }) => [name, kind, stream ? 'streams' : '']),
    );
    section(
      'routes',
      app.routes.map((route) => [route.method, route.path, route.function, route.auth.join(', '), line(route.source)]),
    );
    section(
      'sources',
      app.sources.map((source) => [source.name, source.kind, line(source.source)]),
    );
    section(
      'authorizers',
      app.authorizers.map(({ name, kind }) => [name, kind]),
    );
    section(
      'environment',
      app.environment.map(({ name, type, required }) => [name, type, required ? 'required' : 'optional']),
    );
    return 0;
  },
};
