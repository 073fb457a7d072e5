import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { presignedUrl } from '../processes/presigned-url.ts';
import { connectRaw } from '../processes/raw-connection.ts';
import { startCloudProcess } from './cloud-with-client.ts';
import { doNotRead, makeBucket, objectIsWhole, postAsPage, putObject } from './large-bodies.ts';
import { canMeasureMemory, growthDuring } from './peak-memory.ts';

/** Megabytes that a body may cost, whatever its size. */
const BUDGET = 64;

test.runIf(canMeasureMemory)('an object of 160 MB costs no more than 64 MB of memory, up and down', async () => {
  const cloud = await startCloudProcess();
  await makeBucket(cloud);
  const { pid } = cloud.process;
  expect(await growthDuring(pid, async () => expect(await putObject(cloud, 160)).toBe(200))).toBeLessThan(BUDGET);
  expect(await growthDuring(pid, async () => expect(await objectIsWhole(cloud, 160)).toBe(true))).toBeLessThan(BUDGET);
});

test.runIf(canMeasureMemory)('bodies that are refused cost nothing', async () => {
  const cloud = await startCloudProcess();
  const { pid } = cloud.process;
  const post = async () => {
    const statuses = await Promise.all([1, 2, 3].map(() => postAsPage(cloud, 300)));
    expect(statuses).toEqual([403, 403, 403]);
  };
  expect(await growthDuring(pid, post)).toBeLessThan(BUDGET);
});

test.runIf(canMeasureMemory)('eight readers that do not read cost no more than one body', async () => {
  const cloud = await startCloudProcess();
  await makeBucket(cloud);
  expect(await putObject(cloud, 100)).toBe(200);
  const growth = await growthDuring(cloud.process.pid, async () => {
    const ends = await Promise.all(Array.from({ length: 8 }, () => doNotRead(cloud)));
    expect(await objectIsWhole(cloud, 100)).toBe(true);
    for (const end of ends) end();
  });
  expect(growth).toBeLessThan(BUDGET);
});

test('an upload that a kill cuts off leaves nothing, and what was there is whole', async () => {
  const cloud = await startCloudProcess();
  await makeBucket(cloud);
  expect(await putObject(cloud, 5)).toBe(200);
  const objects = join(cloud.dataFolder, 'objects');
  const [kept] = await readdir(objects);
  const url = new URL(presignedUrl('PUT', '/large-bodies/cut', cloud.client));
  using connection = await connectRaw(cloud.endpoint);
  connection.send(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 50000000\r\n\r\n`);
  connection.send(Buffer.alloc(5_000_000));
  await vi.waitFor(async () => expect(await readdir(objects)).toHaveLength(2), { timeout: 10_000 });
  cloud.process.signal('SIGKILL');
  await cloud.process.exited();
  const again = await startCloudProcess(cloud.dataFolder);
  await vi.waitFor(async () => expect(await readdir(objects)).toEqual([kept]), { timeout: 10_000 });
  expect(await objectIsWhole(again, 5)).toBe(true);
});
