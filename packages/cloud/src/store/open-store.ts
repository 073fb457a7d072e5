import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { CloudError } from '../core/cloud-error.js';
import type { Store } from '../core/store.js';
import { levelStore } from './level-store.js';

const ENCODINGS = { keyEncoding: 'utf8', valueEncoding: 'view' } as const;

function causeCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

/**
 * Opens the store in a folder, made where it is missing. An acknowledged batch is in LevelDB's log, written to the
 * operating system: it survives the death of this process (`kill -9`), not of the machine.
 *
 * @throws CloudError GOBLET_CLOUD_FOLDER_IN_USE while another process has it open
 */
export async function openStore(folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const level = new ClassicLevel<string, Uint8Array>(folder, ENCODINGS);
  try {
    await level.open();
  } catch (error) {
    if (causeCode(error) === 'LEVEL_LOCKED') {
      throw new CloudError(
        'GOBLET_CLOUD_FOLDER_IN_USE',
        `another cloud has ${folder} open; stop it, or give this one a data folder of its own`,
        { cause: error },
      );
    }
    throw new CloudError('GOBLET_CLOUD_FOLDER_UNUSABLE', `${folder} can not be opened: ${String(error)}`, {
      cause: error,
    });
  }
  return levelStore(level);
}

/** A store in memory, gone with the process. */
export async function openMemoryStore(): Promise<Store> {
  const level = new MemoryLevel<string, Uint8Array>(ENCODINGS);
  await level.open();
  return levelStore(level);
}
