import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compilers } from './fixtures/compiler.js';

const guide = fileURLToPath(new URL('../../../docs/guide/', import.meta.url));
const here = fileURLToPath(new URL('..', import.meta.url));

/** The TypeScript of a page, one module: what one snippet declares, the next may use. */
const snippets = (page: string) => [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');

test.for(compilers('typescript', 'typescript-7.0'))(
  'every snippet of the guide compiles under %s',
  async (compiler) => {
    mkdirSync(join(here, 'node_modules/.cache'), { recursive: true });
    const folder = mkdtempSync(join(here, 'node_modules/.cache/guide-'));
    try {
      const pages = readdirSync(guide).filter((file) => file.endsWith('.md'));
      for (const page of pages) {
        const code = snippets(readFileSync(join(guide, page), 'utf8'));
        writeFileSync(join(folder, page.replace('.md', '.mts')), `${code}\nexport {};\n`);
      }
      const compilerOptions = { noEmit: true, composite: false, incremental: false, skipLibCheck: true };
      const config = { extends: join(here, '../../tsconfig.base.json'), compilerOptions, include: ['*.mts'] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const tsc = join(dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)), 'bin/tsc');
      const output = await new Promise<string>((resolve) => {
        execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], (_error, stdout, stderr) =>
          resolve(stdout + stderr),
        );
      });
      expect(output).toBe('');
      expect(pages.length).toBeGreaterThanOrEqual(11);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
