import { expect, test } from 'vitest';
import { startCloudProcess } from './cloud-with-client.ts';
import { makeBucket, objectIsWhole, postAsPage, putObject } from './large-bodies.ts';
import { canMeasureMemory, growthDuring } from './peak-memory.ts';

const BUDGET = 64;
const MINUTES = 60_000;

test.runIf(canMeasureMemory)(
  'an object of 1 GB costs no more than 64 MB of memory, up and down',
  async () => {
    const cloud = await startCloudProcess();
    await makeBucket(cloud);
    const { pid } = cloud.process;
    const up = await growthDuring(pid, async () => expect(await putObject(cloud, 1024)).toBe(200));
    const down = await growthDuring(pid, async () => expect(await objectIsWhole(cloud, 1024)).toBe(true));
    console.log(`1 GB up: ${Math.round(up)} MB, down: ${Math.round(down)} MB`);
    expect(Math.max(up, down)).toBeLessThan(BUDGET);
  },
  5 * MINUTES,
);

test.runIf(canMeasureMemory)(
  'three pages that post 950 MB each are refused, and cost no more than 64 MB',
  async () => {
    const cloud = await startCloudProcess();
    const growth = await growthDuring(cloud.process.pid, async () => {
      expect(await Promise.all([1, 2, 3].map(() => postAsPage(cloud, 950)))).toEqual([403, 403, 403]);
    });
    expect(growth).toBeLessThan(BUDGET);
  },
  5 * MINUTES,
);
