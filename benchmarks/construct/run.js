#!/usr/bin/env node
// Measures the constructor of the users service's stack: what `cdk synth` waits for, once for each stack of one app.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';

const ROUNDS = 15;
const STACKS = ['first', 'second', 'third'];
const entry = fileURLToPath(new URL('../../examples/users-service/web-api/app.ts', import.meta.url));

/** In this process, which is fresh: wall and processor time of each constructor, in milliseconds. */
function measure() {
  const { Goblet } = createRequire(import.meta.url)('@goblet/cdk');
  const app = new App();
  return STACKS.map((name) => {
    const stack = new Stack(app, name);
    const started = performance.now();
    const before = process.cpuUsage();
    new Goblet(stack, 'Api', { entry, environment: { DYNAMODB_TABLE_NAME: 'users' } });
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - started, processor: (user + system) / 1000 };
  });
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

if (process.argv[2] === 'once') {
  process.stdout.write(JSON.stringify(measure()));
} else {
  const self = fileURLToPath(import.meta.url);
  const rounds = Array.from({ length: ROUNDS }, () =>
    JSON.parse(
      execFileSync(process.execPath, [self, 'once'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ),
  );
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${load}, medians of ${ROUNDS}\n`,
  );
  console.log('| stack | constructor, ms | processor time, ms |');
  console.log('| --- | ---: | ---: |');
  for (const [index, name] of STACKS.entries()) {
    const of = (what) => median(rounds.map((stacks) => stacks[index][what])).toFixed(1);
    console.log(`| ${name} | ${of('wall')} | ${of('processor')} |`);
  }
}
