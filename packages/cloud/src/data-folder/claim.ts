import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CloudError } from '../core/cloud-error.js';
import { folderFailure } from '../core/folder-failure.js';
import { cloudBesideOthers, foreignMarker, newerFormat, notDataFolder } from '../errors/folder.js';
import { firstFormat } from './first-format.js';
import {
  FORMAT,
  isOfMarker,
  MARKER_FILE,
  type Marker,
  MarkerUnreadable,
  readMarker,
  replaceMarker,
  writeFirstMarker,
} from './marker.js';
import { makePrivate } from './private.js';

/** A folder that is Goblet's: it bears the marker, or is of the format before there was one. */
export interface DataFolder {
  readonly path: string;
  /** 1 for a folder without a marker, of which the store is still to be migrated. */
  readonly format: number;
  /** True if the folder has a store. */
  readonly hasStore: boolean;
  /** True if only the folder's owner can read it. */
  readonly isPrivate: boolean;
  /** Says in the marker that the store is there, in this version's format. */
  readonly storeOpened: () => Promise<void>;
}

function refuseNewer(folder: string, { format }: Marker): void {
  if (format > FORMAT) throw new CloudError(newerFormat(folder, format, FORMAT));
}

async function unmarked(folder: string, entries: readonly string[]): Promise<Marker> {
  const first = entries.length === 0 ? 'commands' : await firstFormat(folder, entries);
  switch (first) {
    case 'cloud':
      return { format: 1, store: true };
    case 'mixed':
      throw new CloudError(cloudBesideOthers(folder, entries));
    case 'foreign':
      throw new CloudError(notDataFolder(folder, entries));
    case 'commands': {
      const marker = { format: FORMAT, store: false };
      if (await writeFirstMarker(folder, marker)) return marker;
      return (await readMarker(folder)) ?? marker;
    }
  }
}

async function fresh(folder: string): Promise<Marker> {
  const marker = { format: FORMAT, store: false };
  await replaceMarker(folder, marker);
  return marker;
}

async function markerOf(folder: string, again = false): Promise<Marker> {
  try {
    const marker = await readMarker(folder);
    if (marker) return marker;
  } catch (error) {
    if (!(error instanceof MarkerUnreadable)) throw error;
    // Killed between making the file and writing it: nothing else was made before the marker.
    if (error.isEmpty && (await readdir(folder)).every(isOfMarker)) return fresh(folder);
    throw new CloudError(foreignMarker(folder, MARKER_FILE));
  }
  const entries = (await readdir(folder)).sort();
  // Another process has marked it meanwhile.
  if (!again && entries.includes(MARKER_FILE)) return markerOf(folder, true);
  return unmarked(folder, entries);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Makes a folder and those above it. Node's own says ENOENT where a file system is read-only or a file is in the way. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, 'ENOENT') && path !== dirname(path)) {
      await makeFolder(dirname(path));
      await makeFolder(path);
    } else if (!hasCode(error, 'EEXIST') || !(await stat(path)).isDirectory()) throw error;
  }
}

/**
 * Makes sure that a folder is Goblet's before anything is written into it: makes and marks one that is missing or empty,
 * recognises one that Goblet made, and refuses all others. What is in it stays as it is.
 *
 * @throws CloudError GOBLET_CLOUD_FOLDER_FOREIGN, GOBLET_CLOUD_FOLDER_NEWER, GOBLET_CLOUD_FOLDER_UNUSABLE
 * @example const { path, hasStore } = await claimDataFolder('.goblet/cloud');
 */
export async function claimDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
    const marker = await markerOf(path);
    refuseNewer(path, marker);
    return {
      path,
      format: marker.format,
      hasStore: marker.store,
      isPrivate: await makePrivate(path),
      storeOpened: async () => {
        if (marker.format !== FORMAT || !marker.store) await replaceMarker(path, { format: FORMAT, store: true });
      },
    };
  } catch (error) {
    throw folderFailure(path, 'used as a data folder', error);
  }
}
