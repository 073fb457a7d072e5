import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { findDataFolder } from '../cloud/data-folder.js';
import { findRunningCloud, type RunningCloud } from '../cloud/running-cloud.js';
import { DEFAULT_CLOUD_PORT } from '../commands/cloud-options.js';
import { DEFAULT_LOCAL_PORT } from '../commands/local.js';
import { portOwner } from '../local/port-owner.js';
import { type Finding, fail, ok, type Patient, warn } from './finding.js';

/** True if nothing listens on the port of 127.0.0.1. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @param command the command that would listen there */
export async function portFinding(port: number, command: string, cloud: RunningCloud | undefined): Promise<Finding> {
  const check = `port ${port}`;
  if (cloud !== undefined && new URL(cloud.endpoint).port === String(port)) return ok(check, 'the local cloud');
  if (await isFree(port)) return ok(check, `free for ${command}`);
  const owner = portOwner(port);
  const whose = owner === undefined ? 'another program' : `${owner.command} (process ${owner.pid})`;
  return warn(check, `taken by ${whose}`, `stop it, or use ${command} --port with another port; 0 chooses a free one`);
}

/** The nearest existing part of a path. */
const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));

function isWritableFolder(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function folderFinding(folder: string): Finding {
  const there = nearest(folder);
  if (!isWritableFolder(there)) {
    const remedy = 'make it writable for this user, or name another folder with --data';
    return fail('data folder', `${folder} cannot be written: see ${there}`, remedy);
  }
  // 0: ignored, 1: not ignored, else no repository or no git.
  if (spawnSync('git', ['check-ignore', '--quiet', `${folder}/`], { cwd: there }).status === 1) {
    return warn('data folder', `${folder} is not ignored by git, but contains a secret`, 'add .goblet/ to .gitignore');
  }
  return ok('data folder', there === folder ? folder : `${folder}, created by the first cloud`);
}

/** The local cloud of the project: its data, whether it runs, and the ports that it and `goblet local` use. */
export async function cloudFindings({ directory, dataFolder }: Patient): Promise<readonly Finding[]> {
  const folder = dataFolder ?? findDataFolder(directory);
  const cloud = await findRunningCloud(folder);
  return [
    folderFinding(folder),
    ok('local cloud', cloud === undefined ? 'none runs' : `runs on ${cloud.endpoint} (process ${cloud.pid})`),
    await portFinding(DEFAULT_CLOUD_PORT, 'goblet cloud', cloud),
    await portFinding(DEFAULT_LOCAL_PORT, 'goblet local', cloud),
  ];
}
