import type { Cloud, Quotas } from '@goblet/cloud';
import { lineBatch } from '../terminal/line-batch.js';
import type { Terminal } from '../terminal/terminal.js';
import { cloudEventLines } from './cloud-events.js';
import { announceCloud, type RunningCloud, withdrawCloud } from './running-cloud.js';

export type IamMode = 'enforce' | 'warn' | 'off';

export interface ServeOptions {
  /** 0 chooses a free port. */
  readonly port: number;
  readonly dataFolder: string;
  /** True to keep all data in memory. */
  readonly ephemeral: boolean;
  readonly iam: IamMode;
  /** The quotas that AWS raised. */
  readonly quotas: Partial<Quotas>;
  readonly rewriteUrls: boolean;
  /** True to refuse resource types that the cloud only records. */
  readonly refuseRecorded: boolean;
  /** True to print events as JSON lines on standard output instead of text on standard error. */
  readonly json: boolean;
}

/** A cloud that serves in this process and is announced in its data folder. */
export interface ServedCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  /** The announced cloud. */
  readonly running: RunningCloud;
}

const IAM_STATE: Record<IamMode, string> = {
  enforce: 'IAM is enforced',
  warn: 'IAM only warns: calls that AWS would deny are allowed (--iam=warn)',
  off: 'IAM is off: everything is allowed (--iam=off)',
};

/** Starts the local cloud, prints its events, and announces it to `goblet env` and the other commands. */
export async function serveCloud(options: ServeOptions, terminal: Terminal): Promise<ServedCloud> {
  const { dataFolder } = options;
  // Most commands never start a cloud and should not wait for its code to load.
  const { claimDataFolder, folderFailure, startCloud } = await import('@goblet/cloud');
  // An ephemeral cloud stores nothing there, but is announced there nevertheless.
  if (options.ephemeral) await claimDataFolder(dataFolder);
  const events = lineBatch(options.json ? terminal.out : terminal.note);
  process.once('exit', events.flush);
  const cloud = await startCloud({
    port: options.port,
    dataFolder,
    ephemeral: options.ephemeral,
    iam: options.iam,
    quotas: options.quotas,
    rewriteUrls: options.rewriteUrls,
    refuseRecorded: options.refuseRecorded,
    onEvent: (event) => {
      if (options.json) events.add(JSON.stringify(event));
      else for (const line of cloudEventLines(event, terminal.colors)) events.add(line);
    },
  });
  const { secretAccessKey } = cloud.credentials();
  const running = { endpoint: cloud.endpoint, secretAccessKey, pid: process.pid };
  try {
    announceCloud(dataFolder, running);
  } catch (error) {
    await cloud.close();
    throw folderFailure(dataFolder, 'written', error);
  }
  if (options.json) {
    terminal.out(JSON.stringify({ kind: 'listening', endpoint: cloud.endpoint, dataFolder, iam: options.iam }));
  } else {
    const { bold, dim } = terminal.colors;
    terminal.note(
      `${bold('goblet cloud')} on ${bold(cloud.endpoint)}  ${dim(`data in ${options.ephemeral ? 'memory' : dataFolder}`)}`,
    );
    terminal.note(
      `${IAM_STATE[options.iam]}  ${dim('simulated, recorded and refused: docs/reference/local-cloud.md')}`,
    );
  }
  return {
    cloud,
    running,
    [Symbol.asyncDispose]: async () => {
      withdrawCloud(dataFolder);
      await cloud.close();
      events.flush();
      process.removeListener('exit', events.flush);
    },
  };
}
