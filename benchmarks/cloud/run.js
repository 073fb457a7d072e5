#!/usr/bin/env node
// Measures the local cloud as a user has it: a `goblet cloud` process, the real `cdk deploy`, requests over HTTP.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { trivialTemplate } from './trivial.js';

const { values: given } = parseArgs({
  options: {
    starts: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
    /** Of start, deploy, trivial, users, crowd; all of them by default. */
    only: { type: 'string', default: 'start,deploy,trivial,users,crowd' },
    /** Writes a CPU profile of the cloud into this folder. */
    profile: { type: 'string' },
  },
});

const wanted = new Set(given.only.split(','));
const root = fileURLToPath(new URL('../..', import.meta.url));
const GOBLET = join(root, 'packages/goblet/bin/goblet.js');
const CDK = join(root, 'node_modules/aws-cdk/bin/cdk');
const INFRA = join(root, 'examples/users-service/infra');
const LOAD = fileURLToPath(new URL('load.js', import.meta.url));
const execute = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'goblet-bench-'));
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Starts `goblet cloud`; resolves when its health is answered. */
async function startCloud(data, flags = []) {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, GOBLET, 'cloud', '--port', '0', '--data', data], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  const endpoint = await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      // Later output has a line for each request; it is read and dropped.
      if (printed.length > 4096) return;
      printed += text;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (match) resolve(match[0]);
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
  return { milliseconds, stop, pid: child.pid };
}

async function starts() {
  const times = [];
  for (let i = 0; i < Number(given.starts); i++) {
    const { milliseconds, stop } = await startCloud(join(folder, `start-${i}`));
    times.push(milliseconds);
    await stop();
  }
  return median(times);
}

const goblet = (data, args) => execute(process.execPath, [GOBLET, ...args, '--data', data], { cwd: INFRA });

async function cdk(data, ...args) {
  const started = performance.now();
  const command = ['exec', '--data', data, '--', process.execPath, CDK, ...args, '--output', join(folder, 'cdk.out')];
  await execute(process.execPath, [GOBLET, ...command], { cwd: INFRA });
  return (performance.now() - started) / 1000;
}

/** Seconds of processor time that a process has had, in hundredths; NaN where there is no /proc. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Asks until everything is warm, then measures; throws where an answer is not the one that is expected. */
async function load(url, expected, connections, pid) {
  const run = async (seconds) => {
    const { stdout } = await execute(process.execPath, [LOAD, url, String(connections), String(seconds), expected]);
    return JSON.parse(stdout);
  };
  await run(2);
  const before = cpuOf(pid);
  const result = await run(Number(given.seconds));
  const cpu = ((cpuOf(pid) - before) / result.requests) * 1e6;
  if (result.wrong.length > 0) throw new Error(`${url} answered ${JSON.stringify(result.wrong)}, not ${expected}`);
  return { ...result, cpu, load: loadavg()[0] };
}

async function answerOf(url, init) {
  const response = await fetch(url, init);
  return `${response.status} ${await response.text()}`;
}

async function deployTrivial(config) {
  const client = new CloudFormationClient(config);
  await client.send(
    new CreateStackCommand({
      StackName: 'trivial',
      TemplateBody: trivialTemplate(4),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'trivial' }));
  const [stack] = Stacks ?? [];
  const url = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'Url')?.OutputValue;
  if (!url) throw new Error(`the stack is ${stack?.StackStatus}: ${stack?.StackStatusReason}`);
  return url;
}

const JSON_CONTENT = { 'content-type': 'application/json' };

/** The users service with one user; gives how long the second `cdk deploy` took, and what to ask. */
async function deployUsers(data) {
  const outputsFile = join(folder, 'outputs.json');
  const options = ['--require-approval', 'never', '--outputs-file', outputsFile];
  const first = await cdk(data, 'deploy', 'WebApiDev', ...options);
  let again = first;
  if (wanted.has('deploy')) {
    await cdk(data, 'destroy', 'WebApiDev', '--force');
    again = await cdk(data, 'deploy', 'WebApiDev', ...options);
  }
  const { EndpointURL, APIHandlerName } = JSON.parse(readFileSync(outputsFile, 'utf8')).WebApiDev;
  const user = JSON.stringify({ username: 'john', email: 'john@example.com' });
  const created = await answerOf(`${EndpointURL}users`, { method: 'POST', headers: JSON_CONTENT, body: user });
  if (!created.startsWith('201 ')) throw new Error(`POST /users answered ${created}`);
  return {
    first,
    again,
    name: APIHandlerName,
    url: `${EndpointURL}users/john`,
    expected: created.replace('201', '200'),
  };
}

const rate = ({ perSecond, p50, p99, cpu, load: average }) =>
  `${Math.round(perSecond)} requests/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${Math.round(cpu)} µs of the cloud's processor time each, load average ${average.toFixed(2)}`;

async function main() {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
  if (wanted.has('start'))
    console.log(`start to health, median of ${given.starts}: ${Math.round(await starts())} ms (at most 500)`);
  const data = join(folder, 'cloud');
  const flags = given.profile ? ['--cpu-prof', `--cpu-prof-dir=${given.profile}`] : [];
  const cloud = await startCloud(data, flags);
  try {
    const { stdout } = await goblet(data, ['env', '--json']);
    const env = JSON.parse(stdout);
    const config = {
      endpoint: env.AWS_ENDPOINT_URL,
      region: env.AWS_REGION,
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
    };
    if (wanted.has('trivial')) {
      const url = await deployTrivial(config);
      const trivial = await load(`${url}hello/john`, '200 {"hello":"john"}', 4, cloud.pid);
      console.log(`no AWS call, reserved concurrency 4, 4 connections: ${rate(trivial)} (at least 4000)`);
    }
    if (!['deploy', 'users', 'crowd'].some((cell) => wanted.has(cell))) return;
    const { first, again, name, url, expected } = await deployUsers(data);
    console.log(`cdk deploy of examples/users-service: ${first.toFixed(2)} s, again ${again.toFixed(2)} s (at most 3)`);
    const lambda = new LambdaClient(config);
    if (wanted.has('users')) {
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 4 }));
      const users = await load(url, expected, 4, cloud.pid);
      console.log(`GET /users/{username}, reserved concurrency 4, 4 connections: ${rate(users)} (at least 600)`);
      await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: name }));
    }
    if (wanted.has('crowd')) {
      const crowd = await load(url, expected, 16, cloud.pid);
      console.log(`GET /users/{username}, none reserved, 16 connections: ${rate(crowd)}`);
    }
  } finally {
    await cloud.stop();
  }
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
