import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import { noCloud } from '../errors/local.js';

/** A running cloud, from its data folder. */
export interface RunningCloud {
  readonly endpoint: string;
  readonly secretAccessKey: string;
  readonly pid: number;
}

const FILE = 'running.json';

/**
 * Announces in the data folder that a cloud runs on it. Only the owner can read the file, because it contains the
 * secret.
 */
export function announceCloud(dataFolder: string, cloud: RunningCloud): void {
  writeFileSync(join(dataFolder, FILE), `${JSON.stringify(cloud)}\n`, { mode: 0o600 });
}

/** Removes the announcement. */
export function withdrawCloud(dataFolder: string): void {
  rmSync(join(dataFolder, FILE), { force: true });
}

function parseAnnouncement(text: string): RunningCloud | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { endpoint, secretAccessKey, pid } = value as Record<string, unknown>;
    if (typeof endpoint !== 'string' || typeof secretAccessKey !== 'string' || typeof pid !== 'number')
      return undefined;
    return { endpoint, secretAccessKey, pid };
  } catch {
    return undefined;
  }
}

/** True if a cloud answers at that endpoint within a second. */
export function cloudAnswers(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request(`${endpoint}/_goblet/health`, { timeout: 1_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => resolve(false));
    probe.end();
  });
}

/** The cloud that runs on this data folder, or undefined. */
export async function findRunningCloud(dataFolder: string): Promise<RunningCloud | undefined> {
  let text: string;
  try {
    text = readFileSync(join(dataFolder, FILE), 'utf8');
  } catch {
    return undefined;
  }
  const cloud = parseAnnouncement(text);
  return cloud && (await cloudAnswers(cloud.endpoint)) ? cloud : undefined;
}

/**
 * The cloud that runs on this data folder.
 * @throws CliError GOBLET_CLI_NO_CLOUD if there is none
 */
export async function runningCloud(dataFolder: string): Promise<RunningCloud> {
  const cloud = await findRunningCloud(dataFolder);
  if (cloud) return cloud;
  throw new CliError(noCloud(dataFolder));
}
