import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud } from '@goblet/cloud';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import type { Target, Workload } from './workload.js';
import { functions } from './workloads/functions.js';
import { items, transactions } from './workloads/items.js';
import { messages } from './workloads/messages.js';
import { objects } from './workloads/objects.js';
import { parameters } from './workloads/parameters.js';
import { stacks } from './workloads/stacks.js';
import { users } from './workloads/users.js';

const REGION = 'eu-west-1';

interface Serving {
  readonly endpoint: string;
  readonly credentials: () => Target['credentials'];
}

const targetOf = ({ endpoint, credentials }: Serving): Target => ({
  endpoint,
  region: REGION,
  credentials: credentials(),
  maxAttempts: 1,
});

export interface KillReport {
  readonly kills: number;
  /** Writes, stack operations and invocations that were answered, by workload. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Milliseconds from the start of each restarted cloud until it answered, the least first. */
  readonly restarts: readonly number[];
}

/** Opens what is left in this process, and has every workload look at it. */
async function verify(dataFolder: string, workloads: readonly Workload[]): Promise<number> {
  const warnings: string[] = [];
  const begun = performance.now();
  const cloud = await startCloud({
    dataFolder,
    port: 0,
    onEvent: (event) => {
      if (event.kind === 'warning') warnings.push(event.message);
    },
  });
  const restart = performance.now() - begun;
  try {
    for (const workload of workloads) await workload.verify(targetOf(cloud), cloud);
  } finally {
    await cloud.close();
  }
  if (warnings.length > 0) throw new Error(`the restarted cloud warned:\n${warnings.join('\n')}`);
  return restart;
}

/** Serves in a process of its own, works in it, and kills it once so much was acknowledged. */
async function workAndKill(
  dataFolder: string,
  credentials: Target['credentials'],
  workloads: readonly Workload[],
  count: number,
  answered: (workload: string) => void,
): Promise<void> {
  const cloud = RunningProcess.start(
    process.execPath,
    [GOBLET, 'cloud', '--port', '0', '--data', dataFolder, '--json'],
    {
      cwd: dataFolder,
      env: plainEnvironment,
    },
  );
  const [, endpoint = ''] = await cloud.printed(/"endpoint":"([^"]+)"/);
  const target = targetOf({ endpoint, credentials: () => credentials });
  let acknowledged = 0;
  let killed = false;
  const answeredTo = (workload: string) => {
    answered(workload);
    acknowledged++;
    if (killed || acknowledged < count) return;
    killed = true;
    // The cloud alone, as `kill -9` of its process does; what it started is left to itself.
    process.kill(cloud.pid, 'SIGKILL');
  };
  const workUntilKilled = async ({ name, work }: Workload) => {
    while (!killed) {
      try {
        await work(target, () => answeredTo(name));
      } catch (error) {
        if (killed) return;
        process.kill(cloud.pid, 'SIGKILL');
        killed = true;
        throw new Error(`${name} failed while the cloud was alive:\n${cloud.output.slice(-2_000)}`, { cause: error });
      }
    }
  };
  await Promise.all(workloads.map(workUntilKilled));
  await cloud.exited();
}

/**
 * Kills a cloud (`kill -9`) in the middle of mixed work, over and over on one data folder, and looks each time at what
 * is there afterwards: nothing acknowledged is lost, nothing is half done.
 *
 * @param counts after how much acknowledged work each kill comes
 */
export async function expectToSurviveKills(counts: readonly number[]): Promise<KillReport> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-kills-'));
  const workloads = [items(), transactions(), messages(), objects(), parameters(), users(), stacks(), functions()];
  const first = await startCloud({ dataFolder, port: 0 });
  const credentials = first.credentials();
  for (const { prepare } of workloads) await prepare?.(targetOf(first));
  await first.close();
  const acknowledged = new Map<string, number>();
  const answered = (name: string) => acknowledged.set(name, (acknowledged.get(name) ?? 0) + 1);
  const restarts: number[] = [];
  for (const [round, count] of counts.entries()) {
    try {
      await workAndKill(dataFolder, credentials, workloads, count, answered);
      restarts.push(await verify(dataFolder, workloads));
    } catch (error) {
      throw new Error(`kill ${round + 1} of ${counts.length}, after ${count} answers; its data is in ${dataFolder}`, {
        cause: error,
      });
    }
  }
  await rm(dataFolder, { recursive: true, force: true });
  return { kills: counts.length, acknowledged, restarts: restarts.sort((a, b) => a - b) };
}

/** Moments to kill at: evenly drawn from one to the most answers. */
export const randomCounts = (kills: number, most: number): number[] =>
  Array.from({ length: kills }, () => 1 + Math.floor(Math.random() * most));
