import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CreateError } from './create-error.js';
import { createProject } from './create-project.js';

const USAGE = `Usage: npm create goblet <folder>

Writes a new Goblet project into the folder, whose last part is the project's name.

Example:
  npm create goblet orders
`;

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

function folderOf(argv: readonly string[]): string | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return undefined;
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0) throw new Error('give one folder');
    return folder;
  } catch (error) {
    throw new CreateError(
      'GOBLET_CREATE_USAGE',
      `${error instanceof Error ? error.message : String(error)}; as in: npm create goblet orders`,
    );
  }
}

/** Runs `create-goblet`; returns the exit code. */
export function main(argv: readonly string[], out: (line: string) => void, note: (line: string) => void): number {
  try {
    const folder = folderOf(argv);
    if (folder === undefined) {
      out(USAGE);
      return 0;
    }
    for (const file of createProject(folder, version())) out(`  ${file}`);
    const path = relative(process.cwd(), resolve(folder)) || '.';
    out(`\nNext:\n  cd ${path}\n  npm install\n  npm test\n  GREETING=Hello npm start`);
    return 0;
  } catch (error) {
    if (!(error instanceof CreateError)) throw error;
    note(`${error.code}: ${error.message}`);
    return 1;
  }
}
