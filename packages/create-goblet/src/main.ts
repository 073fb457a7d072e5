import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateError } from './create-error.js';
import { createProject } from './create-project.js';
import { refusedArguments } from './errors/project.js';

const USAGE = `Usage: npm create goblet <folder> [-- --json]

Writes a new Goblet project into the folder. The last part of the folder is the project's name.
--json prints the folder and its files as JSON.

Example:
  npm create goblet orders
`;

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

interface Request {
  readonly folder: string;
  readonly json: boolean;
}

/** Undefined if help was requested. */
function requestOf(argv: readonly string[]): Request | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } },
    });
    if (values.help) return undefined;
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) throw new Error('give one folder');
    return { folder, json: values.json === true };
  } catch (error) {
    throw new CreateError(refusedArguments(error instanceof Error ? error.message : String(error)));
  }
}

/** Runs `create-goblet`; returns the exit code. */
export function main(argv: readonly string[], out: (line: string) => void, note: (line: string) => void): number {
  try {
    const request = requestOf(argv);
    if (request === undefined) {
      out(USAGE);
      return 0;
    }
    const { folder, json } = request;
    const files = createProject(folder, version());
    if (json) {
      out(JSON.stringify({ folder: resolve(folder), files }, null, 2));
      return 0;
    }
    for (const file of files) out(`  ${file}`);
    const path = relative(process.cwd(), resolve(folder)) || '.';
    out(`\nNext:\n  cd ${path}\n  npm install\n  npm test\n  GREETING=Hello npm start`);
    return 0;
  } catch (error) {
    if (!(error instanceof CreateError)) throw error;
    note(`${error.code}: ${error.message}`);
    return 1;
  }
}
