// npm run bench:types [-- --rounds 5 --routes 300]: what Goblet's types cost each compiler; rewrites README.md.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { COMPILER_OPTIONS, type Form, type Layout, serviceProgram } from './program.ts';

const MOST = 1.5;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, routes: { type: 'string', default: '300' } },
});
const rounds = Number(values.rounds);
const routes = Number(values.routes);
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const run = promisify(execFile);

interface Compiler {
  readonly version: string;
  readonly tsc: string;
  readonly arguments: readonly string[];
}

const COMPILERS: readonly Compiler[] = ['typescript-5.9', 'typescript', 'typescript-7.0'].map((name) => {
  const manifest = require.resolve(`${name}/package.json`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  // TypeScript 7 has several checkers, which would each make the types that all of them need.
  const args = version.startsWith('7') ? ['--singleThreaded'] : [];
  return { version, tsc: join(dirname(manifest), 'bin/tsc'), arguments: args };
});
const LAYOUTS: readonly Layout[] = ['routers', 'one file'];
/** `nothing` imports what the others do and declares no route: what is to be taken off the time of a whole process. */
type Written = Form | 'nothing';
const FORMS: readonly Written[] = ['nothing', 'schemas', 'goblet'];

interface Check {
  /** Processor time of the whole process, in seconds. */
  readonly processor: number;
  /** The compiler's own clock for checking, in seconds. */
  readonly check: number;
  readonly types: number;
  readonly instantiations: number;
}

function write(folder: string, form: Written, layout: Layout): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(here, '../../node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  if (form === 'nothing') {
    writeFileSync(join(folder, 'app.ts'), "import 'zod';\nimport 'goblet';\n");
    return;
  }
  for (const [file, text] of serviceProgram(form, routes, layout)) writeFileSync(join(folder, file), text);
}

/** One check in a separate process, whose processor time the shell measures. */
async function check(compiler: Compiler, folder: string): Promise<Check> {
  const script = 'times=$("$@") || { echo "$times"; exit 1; }; echo "$times"; times';
  const args = [process.execPath, compiler.tsc, '-p', '.', '--extendedDiagnostics', '--pretty', 'false'];
  const { stdout } = await run('bash', ['-c', script, 'bash', ...args, ...compiler.arguments], { cwd: folder });
  const number = (name: string) => Number(new RegExp(`^${name}:\\s*([\\d.]+)`, 'm').exec(stdout)?.[1]);
  // `times` prints user and system time of the shell, and below it those of its children.
  const [user = NaN, system = NaN] = (stdout.trimEnd().split('\n').at(-1) ?? '')
    .split(' ')
    .map((time) => /^(\d+)m([\d.]+)s$/.exec(time) ?? [])
    .map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds));
  const found = {
    processor: user + system,
    check: number('Check time'),
    types: number('Types'),
    instantiations: number('Instantiations'),
  };
  if (Object.values(found).some(Number.isNaN)) throw new Error(`The compiler said: ${stdout}`);
  return found;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

function summary(checks: readonly Check[]): Check {
  const of = (key: keyof Check) => median(checks.map((one) => one[key]));
  return { processor: of('processor'), check: of('check'), types: of('types'), instantiations: of('instantiations') };
}

const folder = mkdtempSync(join(tmpdir(), 'goblet-types-'));
const rows: string[] = [];
const loads: number[] = [];
const missed: string[] = [];
try {
  for (const layout of LAYOUTS) {
    for (const form of FORMS) write(join(folder, layout, form), form, layout);
    for (const compiler of COMPILERS) {
      const checks: Record<Written, Check[]> = { nothing: [], schemas: [], goblet: [] };
      for (let round = 0; round < rounds; round++) {
        process.stderr.write(`TypeScript ${compiler.version}, ${layout}, round ${round + 1} of ${rounds}\n`);
        for (const form of round % 2 ? [...FORMS].reverse() : FORMS)
          checks[form].push(await check(compiler, join(folder, layout, form)));
      }
      const [goblet, schemas, nothing] = [summary(checks.goblet), summary(checks.schemas), summary(checks.nothing)];
      loads.push(loadavg()[0] ?? NaN);
      const ratio = (goblet.processor - nothing.processor) / (schemas.processor - nothing.processor);
      const cells = [
        compiler.version,
        layout,
        (schemas.processor - nothing.processor).toFixed(2),
        (goblet.processor - nothing.processor).toFixed(2),
        ratio.toFixed(2),
        (goblet.check / schemas.check).toFixed(2),
        (goblet.types / schemas.types).toFixed(2),
        (goblet.instantiations / schemas.instantiations).toFixed(2),
        ratio <= MOST ? 'kept' : '**missed**',
      ];
      rows.push(`| ${cells.join(' | ')} |`);
      if (ratio > MOST) missed.push(cells.join(' '));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const text = [
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${routes} routes, medians of ${rounds} alternating rounds, Goblet ${version('goblet')}, Zod ${version('zod')}, load average ${Math.min(...loads).toFixed(0)} to ${Math.max(...loads).toFixed(0)}.`,
  '',
  `| TypeScript | layout | schemas s | Goblet s | Goblet over schemas, at most ${MOST} | by check time | by types | by instantiations |  |`,
  '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
  ...rows,
].join('\n');
const readme = join(here, '../README.md');
const [before, , after] = readFileSync(readme, 'utf8').split(/(<!-- types -->[\s\S]*<!-- end types -->)/);
writeFileSync(readme, `${before}<!-- types -->\n\n${text}\n\n<!-- end types -->${after}`);
process.stdout.write(`${text}\n`);
if (missed.length) process.exitCode = 1;

function version(name: string): string {
  const { version: found }: { version: string } = JSON.parse(
    readFileSync(join(here, '../../node_modules', name, 'package.json'), 'utf8'),
  );
  return found;
}
