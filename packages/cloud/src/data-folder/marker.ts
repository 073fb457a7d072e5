import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../core/missing-file.js';
import { randomId } from '../core/random-id.js';

/** The file by which a data folder is known to be Goblet's. */
export const MARKER_FILE = 'goblet-data.json';

/** The format of a data folder that this version writes. 1 had no marker, and values without checksums. */
export const FORMAT = 2;

export interface Marker {
  readonly format: number;
  /** True if the store was opened before. Then it must exist and must not be created again. */
  readonly store: boolean;
}

/** A file of the marker's name that is no marker. */
export class MarkerUnreadable extends Error {
  constructor(readonly isEmpty: boolean) {
    super();
  }
}

function text({ format, store }: Marker): string {
  const comment = 'The data folder of a local cloud (goblet cloud). Remove the whole folder to reset the cloud.';
  return `${JSON.stringify({ goblet: 'data folder', format, store, comment }, undefined, 2)}\n`;
}

function parse(content: string): Marker {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new MarkerUnreadable(content === '');
  }
  if (typeof value !== 'object' || value === null || !('goblet' in value) || value.goblet !== 'data folder')
    throw new MarkerUnreadable(content === '');
  if (!('format' in value) || typeof value.format !== 'number' || !Number.isInteger(value.format) || value.format < 2)
    throw new MarkerUnreadable(content === '');
  return { format: value.format, store: 'store' in value && value.store === true };
}

/**
 * The marker of a folder, or undefined if there is none.
 * @throws MarkerUnreadable
 */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  let content: string;
  try {
    content = await readFile(join(folder, MARKER_FILE), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return parse(content);
}

/** Marks a folder that has no marker; false where another process was faster. */
export async function writeFirstMarker(folder: string, marker: Marker): Promise<boolean> {
  const path = join(folder, MARKER_FILE);
  try {
    await writeFile(path, text(marker), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // On a full disk the file is there and empty.
    await rm(path, { force: true });
    throw error;
  }
}

/** True for the marker and for what is left of one whose writer was killed. */
export const isOfMarker = (entry: string): boolean => entry.startsWith(MARKER_FILE);

/** Replaces the marker, whole or not at all, whoever else does so at the same time. */
export async function replaceMarker(folder: string, marker: Marker): Promise<void> {
  const path = join(folder, MARKER_FILE);
  const draft = `${path}.${randomId.uuid()}`;
  await writeFile(draft, text(marker), { mode: 0o600 });
  await rename(draft, path);
}
