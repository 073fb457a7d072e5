#!/usr/bin/env node
// Compares items of the local cloud, durable and with IAM enforced for a role, with dynalite in memory: both as processes,
// asked over HTTP by 16 connections, in turns.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    /** Of GetItem, PutItem, Query, UpdateItem. */
    only: { type: 'string', default: 'GetItem,PutItem,Query,UpdateItem' },
    /** Writes a CPU profile of the cloud into this folder. */
    profile: { type: 'string' },
  },
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const GOBLET = join(root, 'packages/goblet/bin/goblet.js');
const REPEAT = fileURLToPath(new URL('repeat.js', import.meta.url));
const DYNALITE = `
  const server = require('dynalite')({ createTableMs: 0 });
  server.listen(0, '127.0.0.1', () => console.error('http://127.0.0.1:' + server.address().port));
  process.on('SIGTERM', () => process.exit(0));
`;
const CONNECTIONS = 16;
const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'goblet-bench-'));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Starts a server that prints where it listens. */
async function start(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  const endpoint = await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      if (printed.length > 4096) return;
      printed += text;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (match) resolve(match[0]);
    });
    child.on('exit', () => reject(new Error(`it ended:\n${printed}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { endpoint, pid: child.pid, stop };
}

/** Microseconds of processor time that a process has had. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Credentials of a role that may use the table. */
async function roleCredentials(config) {
  const iam = new IAMClient(config);
  const document = (statement) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const trust = document({ Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::000000000000:root' } });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'items', AssumeRolePolicyDocument: trust }));
  const actions = ['GetItem', 'PutItem', 'Query', 'UpdateItem', 'CreateTable'].map((name) => `dynamodb:${name}`);
  const policy = document({ Action: actions, Resource: 'arn:aws:dynamodb:*:000000000000:table/users' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'items', PolicyName: 'items', PolicyDocument: policy }));
  const assume = new AssumeRoleCommand({ RoleArn: Role.Arn, RoleSessionName: 'bench' });
  const { Credentials } = await new STSClient(config).send(assume);
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

const item = (i) => ({
  team: { S: `team-${i % 8}` },
  username: { S: `user-${i}` },
  email: { S: `user-${i}@example.com` },
  logins: { N: '1' },
});
const keyOf = (i) => ({ team: { S: `team-${i % 8}` }, username: { S: `user-${i}` } });
const TableName = 'users';

const COMMANDS = {
  GetItem: (i) => new GetItemCommand({ TableName, Key: keyOf(i) }),
  PutItem: (i) => new PutItemCommand({ TableName, Item: item(i) }),
  Query: (i) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'team = :team',
      ExpressionAttributeValues: { ':team': { S: `team-${i % 8}` } },
    }),
  UpdateItem: (i) =>
    new UpdateItemCommand({
      TableName,
      Key: keyOf(i),
      UpdateExpression: 'SET email = :email ADD logins :one',
      ExpressionAttributeValues: { ':email': { S: `new-${i}@example.com` }, ':one': { N: '1' } },
    }),
};

async function makeTable(client) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['team', 'username'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'team', KeyType: 'HASH' },
        { AttributeName: 'username', KeyType: 'RANGE' },
      ],
    }),
  );
  for (let i = 0; i < 80; i++) await client.send(COMMANDS.PutItem(i));
}

/** Writes requests down as the SDK's client sends them. */
async function recordRequests(config, operation, file) {
  const texts = [];
  const requestHandler = {
    handle: async ({ method, path, headers, body }) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      texts.push(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
      throw Object.assign(new Error('recorded'), { name: 'Recorded' });
    },
  };
  const client = new DynamoDBClient({ ...config, requestHandler, maxAttempts: 1 });
  for (let i = 0; i < 80; i++) await client.send(COMMANDS[operation](i)).catch(() => undefined);
  writeFileSync(file, JSON.stringify(texts));
}

async function repeat(file, { endpoint, pid }, seconds) {
  const before = cpuOf(pid);
  const { stdout } = await execute(process.execPath, [
    REPEAT,
    file,
    new URL(endpoint).port,
    String(CONNECTIONS),
    String(seconds),
  ]);
  const result = JSON.parse(stdout);
  if (result.wrong.length > 0) throw new Error(`answered ${JSON.stringify(result.wrong)}`);
  return { ...result, cpu: (cpuOf(pid) - before) / result.requests };
}

async function main() {
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load average ${loadavg()[0].toFixed(1)}`,
  );
  const data = join(folder, 'cloud');
  const flags = given.profile ? ['--cpu-prof', `--cpu-prof-dir=${given.profile}`] : [];
  const cloud = await start([...flags, GOBLET, 'cloud', '--port', '0', '--data', data]);
  const dynalite = await start(['-e', DYNALITE]);
  try {
    const { secretAccessKey } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'));
    const asRoot = { region: 'eu-west-1', credentials: { accessKeyId: 'GOBLET000000000000', secretAccessKey } };
    const credentials = await roleCredentials({ ...asRoot, endpoint: cloud.endpoint });
    const servers = { cloud, dynalite };
    for (const { endpoint } of Object.values(servers)) {
      await makeTable(new DynamoDBClient({ region: 'eu-west-1', credentials, endpoint }));
    }
    for (const operation of given.only.split(',')) {
      const rounds = [];
      for (let round = 0; round <= Number(given.rounds); round++) {
        const measured = {};
        const names = round % 2 === 0 ? ['cloud', 'dynalite'] : ['dynalite', 'cloud'];
        for (const name of names) {
          // Signed anew: a signature is good for five minutes.
          const file = join(folder, `${name}-${operation}.json`);
          await recordRequests({ region: 'eu-west-1', credentials, endpoint: servers[name].endpoint }, operation, file);
          measured[name] = await repeat(file, servers[name], given.seconds);
        }
        // The first round warms up.
        if (round > 0) rounds.push(measured);
      }
      const of = (name, member) => median(rounds.map((each) => each[name][member]));
      const share = median(rounds.map((each) => each.cloud.perSecond / each.dynalite.perSecond));
      const cpu = median(rounds.map((each) => each.dynalite.cpu / each.cloud.cpu));
      console.log(
        `${operation}: ${share.toFixed(2)} of dynalite's speed (${Math.round(of('cloud', 'perSecond'))} against ${Math.round(of('dynalite', 'perSecond'))} a second), ` +
          `${cpu.toFixed(2)} by processor time (${Math.round(of('cloud', 'cpu'))} against ${Math.round(of('dynalite', 'cpu'))} µs)`,
      );
    }
  } finally {
    await cloud.stop();
    await dynalite.stop();
  }
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
