#!/usr/bin/env node
// Measures how long the cloud itself takes for stacks of many resources, and what it costs to start it: a `goblet cloud`
// process, SDK clients, no CDK.
//
//   node benchmarks/cloud/stacks.js --sizes 10,100,500 --profile /tmp/profiles
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { stackTemplate } from './stack-template.js';

const { values: given } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,200,500' },
    starts: { type: 'string', default: '7' },
    /** Writes a CPU profile of the cloud that makes the stacks into this folder. */
    profile: { type: 'string' },
  },
});

const GOBLET = fileURLToPath(new URL('../../packages/goblet/bin/goblet.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'goblet-stacks-'));
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Starts `goblet cloud`; resolves when its health is answered. */
async function startCloud(data, flags = []) {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, GOBLET, 'cloud', '--port', '0', '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const endpoint = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      // Later output has a line for each event; it is read and dropped.
      if (printed.length > 4096) return;
      printed += text;
      const match = /"endpoint":"([^"]+)"/.exec(printed);
      if (match) resolve(match[1]);
    });
    child.on('exit', () => reject(new Error(`the cloud ended:\n${printed}`)));
  });
  const health = await fetch(`${endpoint}/_goblet/health`);
  if (!health.ok) throw new Error(`health answered ${health.status}`);
  const milliseconds = performance.now() - started;
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { endpoint, milliseconds, stop, pid: child.pid };
}

/** Megabytes of resident memory; undefined where the system does not say. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

async function starts() {
  const times = [];
  const memories = [];
  for (let i = 0; i < Number(given.starts); i++) {
    const { milliseconds, stop, pid } = await startCloud(join(folder, `start-${i}`));
    times.push(milliseconds);
    // What starting leaves behind is collected by then.
    await wait(1000);
    memories.push(memoryOf(pid) ?? Number.NaN);
    await stop();
  }
  return { milliseconds: median(times), megabytes: median(memories) };
}

/** Seconds from a request until the stack has a status that ends it. */
async function seconds(client, StackName, request) {
  const started = performance.now();
  await request();
  for (;;) {
    const status = await client.send(new DescribeStacksCommand({ StackName })).then(
      ({ Stacks }) => Stacks?.[0]?.StackStatus ?? '',
      (error) => (/does not exist/.test(error.message) ? 'DELETE_COMPLETE' : Promise.reject(error)),
    );
    if (/FAILED|ROLLBACK/.test(status)) throw new Error(`${StackName} is ${status}`);
    if (/_COMPLETE$/.test(status)) return (performance.now() - started) / 1000;
    await wait(10);
  }
}

async function stacks(sizes) {
  const flags = given.profile ? ['--cpu-prof', '--cpu-prof-dir', given.profile] : [];
  const data = join(folder, 'stacks');
  const { endpoint, stop, pid } = await startCloud(data, flags);
  try {
    const { secretAccessKey } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'));
    const credentials = { accessKeyId: 'GOBLET000000000000', secretAccessKey };
    const config = { endpoint, region: 'eu-west-1', credentials };
    const client = new CloudFormationClient(config);
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
    const measured = [];
    for (const size of sizes) {
      const StackName = `Stack${size}`;
      // A template in the request has at most 51,200 bytes.
      await s3.send(
        new PutObjectCommand({ Bucket: 'templates', Key: StackName, Body: JSON.stringify(stackTemplate(size)) }),
      );
      const TemplateURL = `https://templates.s3.eu-west-1.amazonaws.com/${StackName}`;
      const Capabilities = ['CAPABILITY_IAM'];
      const create = await seconds(client, StackName, () =>
        client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities })),
      );
      const remove = await seconds(client, StackName, () => client.send(new DeleteStackCommand({ StackName })));
      measured.push({ size, create, remove, megabytes: memoryOf(pid) });
    }
    return measured;
  } finally {
    await stop();
  }
}

try {
  console.log(`Node.js ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  const start = await starts();
  console.log(`start: ${start.milliseconds.toFixed(0)} ms (goal 300), ${start.megabytes.toFixed(0)} MB (goal 100)`);
  console.log('resources  create s  delete s  ms a resource  memory MB');
  for (const { size, create, remove, megabytes } of await stacks(given.sizes.split(',').map(Number))) {
    const each = ((create + remove) * 1000) / size;
    const cells = [create.toFixed(2), remove.toFixed(2), each.toFixed(1), (megabytes ?? Number.NaN).toFixed(0)];
    console.log(`${String(size).padStart(9)}  ${cells.map((cell) => cell.padStart(8)).join('  ')}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
