import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunningProcess } from '../processes/running-process.ts';
import { servedCloud } from './cloud-process.ts';

/** A cloud in a process of its own, and what clients of the AWS SDK need to reach it. */
export interface CloudProcess {
  readonly endpoint: string;
  readonly process: RunningProcess;
  readonly dataFolder: string;
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/**
 * Starts a cloud on a free port.
 *
 * @param ends told how to end it (default: when the test ends)
 */
export async function startCloudProcess(
  dataFolder?: string,
  ends: (end: () => Promise<void>) => void = onTestFinished,
): Promise<CloudProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-faults-'));
  const data = dataFolder ?? join(folder, 'data');
  const cloud = await servedCloud(data);
  ends(async () => {
    cloud.signal('SIGKILL');
    await cloud.exited();
    await rm(folder, { recursive: true, force: true });
  });
  const { endpoint } = cloud;
  const { secretAccessKey } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as {
    secretAccessKey: string;
  };
  return {
    endpoint,
    process: cloud,
    dataFolder: data,
    client: { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'GOBLET000000000000', secretAccessKey } },
  };
}
