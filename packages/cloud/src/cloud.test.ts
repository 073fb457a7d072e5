import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { startCloud } from './cloud.js';
import { testCloud } from './testing/test-cloud.js';

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'goblet-cloud-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test('a taken port is named', async () => {
  await using first = await testCloud({ services: [] });
  await expect(testCloud({ services: [], port: first.port })).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_PORT_TAKEN',
    message: expect.stringContaining(`port ${first.port} of 127.0.0.1 is taken`),
  });
});

test('a second cloud on one folder is told so', async () => {
  await using place = await folder();
  const first = await startCloud({ port: 0, dataFolder: place.path, services: [] });
  await expect(startCloud({ port: 0, dataFolder: place.path, services: [] })).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_IN_USE',
  });
  await first.close();
});

test('an ephemeral cloud leaves nothing behind', async () => {
  const cloud = await testCloud({ services: [] });
  const { workFolder } = cloud.context;
  await stat(workFolder);
  await cloud.close();
  await expect(stat(workFolder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test("the developer's secret is random, kept, and its owner's alone", async () => {
  await using one = await folder();
  await using other = await folder();
  const secrets: string[] = [];
  for (const dataFolder of [one.path, one.path, other.path]) {
    const cloud = await startCloud({ port: 0, dataFolder, services: [] });
    secrets.push(cloud.credentials('111122223333').secretAccessKey);
    expect(cloud.credentials('111122223333').accessKeyId).toBe('GOBLET111122223333');
    await cloud.close();
  }
  expect(secrets[0]).toBe(secrets[1]);
  expect(secrets[0]).not.toBe(secrets[2]);
  expect((await stat(join(one.path, 'credentials.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(one.path)).not.toContain('credentials.json.new');
});

test('sessions hold over a restart', async () => {
  await using place = await folder();
  const first = await startCloud({ port: 0, dataFolder: place.path, services: [] });
  const principal = { kind: 'root', account: '111122223333' } as const;
  const issued = await first.context.credentials.issue(principal, 3600);
  await first.close();
  const second = await startCloud({ port: 0, dataFolder: place.path, services: [] });
  expect(await second.context.credentials.find(issued.accessKeyId)).toMatchObject({
    principal,
    sessionToken: issued.sessionToken,
  });
  await second.close();
});

const CHILD = `
  import { startCloud } from ${JSON.stringify(new URL('../dist/cloud.js', import.meta.url).href)};
  import { ssm } from ${JSON.stringify(new URL('../dist/services/ssm/index.js', import.meta.url).href)};
  const cloud = await startCloud({ port: 0, dataFolder: process.argv[1], services: [ssm] });
  console.log(JSON.stringify({ endpoint: cloud.endpoint, credentials: cloud.credentials() }));
`;

async function startChild(dataFolder: string): Promise<{ child: ChildProcess; client: SSMClient }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, client: new SSMClient({ region: 'eu-west-1', maxAttempts: 1, ...JSON.parse(String(line)) }) };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('what was acknowledged is there after the process was killed', async () => {
  await using place = await folder();
  const acknowledged: string[] = [];
  for (let round = 0; round < 2; round++) {
    const { child, client } = await startChild(place.path);
    const write = async (writer: number) => {
      for (let i = 0; ; i++) {
        const Name = `/round-${round}/writer-${writer}/${i}`;
        await client.send(new PutParameterCommand({ Name, Value: 'v'.repeat(1000), Type: 'String' }));
        acknowledged.push(Name);
        if (acknowledged.length >= (round + 1) * 60) return;
      }
    };
    // Some writes are under way when it dies: those may be there or not.
    await Promise.race([write(0), write(1), write(2), write(3)]);
    await kill(child);
  }
  const { child, client } = await startChild(place.path);
  for (const Name of acknowledged) {
    expect((await client.send(new GetParameterCommand({ Name }))).Parameter?.Value).toHaveLength(1000);
  }
  await kill(child);
});
