import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startCloud } from '@goblet/cloud';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, servedCloud } from './cloud-process.js';
import { mayMount, mounted } from './mounted.js';
import { parameterValue } from './workloads/parameters.js';

let home: string;
/** The data folder of a cloud that was stopped twice: it has tables, and a log. */
let used: string;

const targetOf = (cloud: Awaited<ReturnType<typeof startCloud>>) =>
  ({ endpoint: cloud.endpoint, region: 'eu-west-1', credentials: cloud.credentials(), maxAttempts: 1 }) as const;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'goblet-folders-'));
  used = join(home, 'used');
  for (const round of [1, 2]) {
    const cloud = await startCloud({ dataFolder: used, port: 0 });
    const client = new SSMClient(targetOf(cloud));
    for (let i = 0; i < 60; i++) {
      const Value = `${round}-${i} `.repeat(300);
      await client.send(new PutParameterCommand({ Name: `/round/${round}/${i}`, Value, Type: 'String' }));
    }
    await cloud.close();
  }
});

afterAll(() => rm(home, { recursive: true, force: true }));

let copies = 0;
async function copyOfUsed(): Promise<string> {
  const copy = join(home, `copy-${++copies}`);
  await cp(used, copy, { recursive: true });
  return copy;
}

async function fileIn(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(join(folder, 'store'))).sort().findLast((one) => pattern.test(one));
  if (name === undefined) throw new Error(`no ${pattern} in ${folder}`);
  return join(folder, 'store', name);
}

/** Fails unless the cloud ends with 1 and one line, of this code and with these words. */
async function expectRefusal(dataFolder: string, code: string, words: RegExp, cwd?: string): Promise<void> {
  const { exitCode, lines } = await refusal(dataFolder, cwd);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^${code}: `));
  expect(lines[0]).toMatch(words);
  expect(exitCode).toBe(1);
}

test('a folder with a work folder of somebody’s is refused, and nothing in it is gone', async () => {
  const project = join(home, 'project');
  await mkdir(join(project, 'work'), { recursive: true });
  await writeFile(join(project, 'work', 'thesis.txt'), 'years');
  await expectRefusal(
    project,
    'GOBLET_CLOUD_FOLDER_FOREIGN',
    /project is not empty.*give --data a new or an empty folder/,
  );
  await expectRefusal('.', 'GOBLET_CLOUD_FOLDER_FOREIGN', /project is not empty/, project);
  expect(await readFile(join(project, 'work', 'thesis.txt'), 'utf8')).toBe('years');
  expect(await readdir(project)).toEqual(['work']);
});

test('what somebody laid into a data folder stays there', async () => {
  const folder = await copyOfUsed();
  await mkdir(join(folder, 'work', 'functions'), { recursive: true });
  await writeFile(join(folder, 'work', 'functions', 'thesis.txt'), 'years');
  await using _cloud = await servedCloud(folder);
  expect(await readFile(join(folder, 'work', 'functions', 'thesis.txt'), 'utf8')).toBe('years');
});

test('a plain file as the folder or as its store is in the way', async () => {
  const file = join(home, 'file');
  await writeFile(file, 'mine');
  await expectRefusal(file, 'GOBLET_CLOUD_FOLDER_UNUSABLE', /a file is in the way/);
  const folder = await copyOfUsed();
  await rm(join(folder, 'store'), { recursive: true });
  await writeFile(join(folder, 'store'), 'mine');
  await expectRefusal(folder, 'GOBLET_CLOUD_FOLDER_UNUSABLE', /a file is in the way/);
});

test('a folder that a cloud has open is named to the second', async () => {
  const folder = await copyOfUsed();
  await using _first = await servedCloud(folder);
  await expectRefusal(folder, 'GOBLET_CLOUD_FOLDER_IN_USE', /another cloud has .* open; stop it/);
});

test.each([
  ['CURRENT', /^CURRENT$/, /CURRENT is missing; \d+ files with data are there, and stay as they are/],
  ['the manifest', /^MANIFEST-/, /No such file or directory/],
  ['a table', /\.ldb$/, /missing files/],
])('a store without %s is refused, and its tables stay', async (_, missing, words) => {
  const folder = await copyOfUsed();
  await rm(await fileIn(folder, missing));
  const tables = async () => (await readdir(join(folder, 'store'))).filter((name) => name.endsWith('.ldb'));
  const before = await tables();
  await expectRefusal(folder, 'GOBLET_CLOUD_STORE_DAMAGED', words);
  await expectRefusal(folder, 'GOBLET_CLOUD_STORE_DAMAGED', words);
  expect(await tables()).toEqual(before);
});

test('a table that is cut off ends the start with its cause', async () => {
  const folder = await copyOfUsed();
  await truncate(await fileIn(folder, /\.ldb$/), 1_000);
  await expectRefusal(folder, 'GOBLET_CLOUD_STORE_DAMAGED', /can not be read/);
});

test('what a damaged log cost is said at the start', async () => {
  const folder = await copyOfUsed();
  const log = await fileIn(folder, /\.log$/);
  const bytes = await readFile(log);
  bytes.fill(0xff, 40_000, 40_100);
  await writeFile(log, bytes);
  await using cloud = await servedCloud(folder);
  await cloud.printed(/was damaged.*\d+ bytes in .*\.log could not be read.*lost/);
});

test('what a log that is cut off cost is said at the start', async () => {
  const folder = await copyOfUsed();
  const log = await fileIn(folder, /\.log$/);
  const { size } = await stat(log);
  await truncate(log, 40_000);
  await using cloud = await servedCloud(folder);
  await cloud.printed(new RegExp(`is cut off at 40000 of ${size} bytes`));
});

test('wrong bytes in tables are never given out as data', async () => {
  const folder = await copyOfUsed();
  const table = await fileIn(folder, /\.ldb$/);
  const bytes = await readFile(table);
  for (let at = 500; at < bytes.length - 500; at += 701) bytes[at] = (bytes[at] ?? 0) ^ 0x01;
  await writeFile(table, bytes);
  const started = startCloud({ dataFolder: folder, port: 0 });
  const cloud = await started.catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'GOBLET_CLOUD_STORE_DAMAGED' });
    return undefined;
  });
  if (cloud === undefined) return;
  let refused = 0;
  for (let i = 0; i < 60; i++) {
    const value = await parameterValue(targetOf(cloud), `/round/1/${i}`).catch(() => {
      refused++;
      return undefined;
    });
    if (value !== undefined) expect(value).toBe(`1-${i} `.repeat(300));
  }
  expect(refused).toBeGreaterThan(0);
  await cloud.close();
});

test('a folder that was open to all is its owner’s alone', async () => {
  const folder = await copyOfUsed();
  await chmod(folder, 0o755);
  for (const name of await readdir(join(folder, 'store'))) await chmod(join(folder, 'store', name), 0o644);
  for (const name of ['store-log.json', 'store', 'work']) await chmod(join(folder, name), 0o755);
  await using _cloud = await servedCloud(folder);
  const modeOf = async (...path: string[]) => (await stat(join(folder, ...path))).mode & 0o777;
  expect(await modeOf()).toBe(0o700);
  for (const name of ['goblet-data.json', 'credentials.json', 'running.json']) expect(await modeOf(name)).toBe(0o600);
  for (const name of ['store-log.json', 'store', 'work']) expect((await modeOf(name)) & 0o077).toBe(0);
  const inStore = await readdir(join(folder, 'store'));
  expect(new Set(await Promise.all(inStore.map((name) => modeOf('store', name))))).toEqual(new Set([0o600]));
});

test.skipIf(!mayMount())(
  'a read-only file system is the cause that is given (skipped where mounting is not permitted)',
  async () => {
    using disk = mounted('8m');
    if (!disk) throw new Error('not mounted');
    await cp(used, join(disk.path, 'used'), { recursive: true });
    disk.remount('ro');
    await expectRefusal(
      join(disk.path, 'used'),
      'GOBLET_CLOUD_FOLDER_UNUSABLE',
      /its file system is read-only; give --data/,
    );
    await expectRefusal(
      join(disk.path, 'new'),
      'GOBLET_CLOUD_FOLDER_UNUSABLE',
      /its file system is read-only; give --data/,
    );
  },
);

test.skipIf(!mayMount())(
  'a full disk is the cause that is given (skipped where mounting is not permitted)',
  async () => {
    using disk = mounted('16k');
    if (!disk) throw new Error('not mounted');
    await expectRefusal(join(disk.path, 'new'), 'GOBLET_CLOUD_FOLDER_UNUSABLE', /the disk is full; make room/);
    disk.remount('size=8m');
    await using cloud = await servedCloud(join(disk.path, 'new'));
    expect(cloud.endpoint).toMatch(/^http:/);
  },
);
