// npm run bench [-- --rounds 5 --milliseconds 400]: measures Goblet beside its peers and writes README.md.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '400' },
  },
});
const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const run = promisify(execFile);

const peers = [
  { name: 'raw', file: 'raw', cells: ['get', 'post'] },
  { name: 'Goblet', file: 'goblet', cells: ['get', 'post'], package: 'goblet' },
  { name: 'Middy', file: 'middy', cells: ['get', 'post'], package: '@middy/core' },
  { name: 'lambda-api', file: 'lambda-api', cells: ['get', 'post'], package: 'lambda-api' },
  { name: 'Hono (tiny)', file: 'hono', cells: ['get', 'post'], package: 'hono' },
  { name: 'Powertools', file: 'powertools', cells: ['get', 'post'], package: '@aws-lambda-powertools/event-handler' },
  { name: 'Fastify', file: 'fastify', cells: ['get', 'post'], package: 'fastify' },
  { name: 'Express', file: 'express', cells: ['get', 'post'], package: 'express' },
  { name: 'Goblet with Zod', file: 'goblet-typed', cells: ['typed'] },
  { name: 'Hono with Zod', file: 'hono-typed', cells: ['typed'] },
  { name: 'Powertools with Zod', file: 'powertools-typed', cells: ['typed'] },
  { name: 'Goblet, 5 routes', file: 'goblet-5', cells: ['get'] },
  { name: 'Goblet, 500 routes', file: 'goblet-500', cells: ['get'] },
];

/** Every peer is bundled alike; Goblet says, as to its own build, which of its parts the app does without. */
async function bundle(peer, folder) {
  const entry = join(here, 'peers', `${peer.file}.js`);
  const outfile = join(folder, `${peer.file}.mjs`);
  const { app } = peer.file.startsWith('goblet') ? await import(entry) : {};
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*'],
    conditions: ['module', ...(app?.[Symbol.for('goblet.app')].bundleConditions ?? [])],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return { outfile, gzip: gzipSync(readFileSync(outfile), { level: 9 }).length };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const version = (name) => JSON.parse(readFileSync(findPackage(name), 'utf8')).version;

function findPackage(name) {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${name} is not installed`);
}

const folder = mkdtempSync(join(tmpdir(), 'goblet-bench-'));
try {
  const results = new Map();
  for (const peer of peers) results.set(peer, { ...(await bundle(peer, folder)), cold: [], warm: {} });
  const rounds = Number(values.rounds);
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    for (const peer of round % 2 ? [...peers].reverse() : peers) {
      const result = results.get(peer);
      const script = join(here, 'measure.js');
      const { stdout } = await run(process.execPath, [script, result.outfile, values.milliseconds, ...peer.cells]);
      const { cold, warm } = JSON.parse(stdout.slice(stdout.lastIndexOf('{"cold"')));
      result.cold.push(cold);
      for (const [cell, time] of Object.entries(warm)) result.warm[cell] = [...(result.warm[cell] ?? []), time];
    }
  }
  report(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(results) {
  const of = (name) => [...results].find(([peer]) => peer.name === name)[1];
  // Of the same round, whose two processes ran seconds apart: what else the machine does weighs on both.
  const ratio = (name, other, cell) => median(of(name).warm[cell].map((time, i) => time / of(other).warm[cell][i]));
  const overBare = (cold) => median(cold.map((time, i) => time - of('raw').cold[i]));
  const us = (nanoseconds) => (nanoseconds / 1000).toFixed(2);
  const table = (head, rows) =>
    [head, head.map((_, i) => (i ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const budgets = [
    ['GET, of Middy', ratio('Goblet', 'Middy', 'get'), 0.8],
    ['POST with JSON, of Middy', ratio('Goblet', 'Middy', 'post'), 1.2],
    ['POST with Zod, of Hono with Zod', ratio('Goblet with Zod', 'Hono with Zod', 'typed'), 0.3],
    ['500 routes over 5', ratio('Goblet, 500 routes', 'Goblet, 5 routes', 'get'), 1.2],
    ['bundle, 3 routes, kB over bare', (of('Goblet').gzip - of('raw').gzip) / 1000, 5],
    ['import and first request, ms over bare', overBare(of('Goblet').cold), 2],
  ];
  const plain = peers.filter(({ cells }) => cells.length > 1);
  const text = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, medians of ${values.rounds} alternating rounds, a fresh process a peer.`,
    table(
      ['framework', 'version', 'GET µs', 'POST µs', 'bundle gzip kB', 'import + first request ms', 'over bare ms'],
      plain.map((peer) => {
        const { gzip, cold, warm: times } = results.get(peer);
        return [
          peer.name,
          peer.package ? version(peer.package) : process.version,
          us(median(times.get)),
          us(median(times.post)),
          (gzip / 1000).toFixed(1),
          median(cold).toFixed(1),
          overBare(cold).toFixed(1),
        ];
      }),
    ),
    table(
      ['with a Zod schema', 'POST µs'],
      peers
        .filter(({ cells }) => cells[0] === 'typed')
        .map((peer) => [peer.name, us(median(results.get(peer).warm.typed))]),
    ),
    table(
      ['budget', 'measured', 'at most', ''],
      budgets.map(([name, value, most]) => [
        name,
        value.toFixed(2),
        String(most),
        value <= most ? 'kept' : '**missed**',
      ]),
    ),
  ].join('\n\n');
  const file = join(here, 'README.md');
  const [before, , after] = readFileSync(file, 'utf8').split(/(<!-- results -->[\s\S]*<!-- end -->)/);
  writeFileSync(file, `${before}<!-- results -->\n\n${text}\n\n<!-- end -->${after}`);
  process.stdout.write(`${text}\n`);
  if (budgets.some(([, value, most]) => value > most)) process.exitCode = 1;
}
