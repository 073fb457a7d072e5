import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { noCommandLine } from './errors/command.js';

/** Finds `@goblet/cli` from the project, so that the project's own version runs; else beside this package. */
function findCli(): string | undefined {
  for (const from of [pathToFileURL(join(process.cwd(), 'package.json')).href, import.meta.url])
    try {
      return createRequire(from).resolve('@goblet/cli');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    }
  return undefined;
}

async function run(): Promise<number> {
  const cli = findCli();
  if (!cli) {
    process.stderr.write(`${noCommandLine}\n`);
    return 1;
  }
  const { main } = (await import(pathToFileURL(cli).href)) as { main(argv: string[]): Promise<number> };
  return main(process.argv.slice(2));
}

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  },
);
