import { coded } from './catalogue.js';

export const GOBLET_CLOUD_FOLDER_FOREIGN =
  'The folder is not empty, and Goblet did not make its contents. Give `--data` a new or an empty folder; nothing in this one was changed.';

const INSTEAD = 'give --data a new or an empty folder (nothing in this one was changed)';

const named = (entries: readonly string[]): string => {
  const shown = entries.slice(0, 3).join(', ');
  return entries.length > 3 ? `${shown} and ${entries.length - 3} more` : shown;
};

export const notDataFolder = (folder: string, entries: readonly string[]) =>
  coded(
    'GOBLET_CLOUD_FOLDER_FOREIGN',
    `${folder} is not empty, and not a data folder of Goblet (it has ${named(entries)}); ${INSTEAD}`,
  );

export const cloudBesideOthers = (folder: string, entries: readonly string[]) =>
  coded(
    'GOBLET_CLOUD_FOLDER_FOREIGN',
    `${folder} holds a local cloud beside other things (${named(entries)}); move its store folder and credentials.json into a folder of their own, and give that to --data`,
  );

export const foreignMarker = (folder: string, marker: string) =>
  coded(
    'GOBLET_CLOUD_FOLDER_FOREIGN',
    `${folder} has a ${marker} that Goblet did not write, or that is damaged; ${INSTEAD}`,
  );

export const foreignCode = (folder: string) =>
  coded(
    'GOBLET_CLOUD_FOLDER_FOREIGN',
    `${folder} is where functions are unpacked, and Goblet did not make what is in it; move it away`,
  );

export const GOBLET_CLOUD_FOLDER_IN_USE =
  'Another cloud has the data folder open. Stop it, or give this one another folder with `--data`.';

export const folderInUse = (folder: string) =>
  coded(
    'GOBLET_CLOUD_FOLDER_IN_USE',
    `another cloud has ${folder} open; stop it, or give this one a data folder of its own`,
  );

export const GOBLET_CLOUD_FOLDER_NEWER =
  'A newer Goblet wrote the data folder. Update Goblet, or give `--data` another folder.';

export const newerFormat = (folder: string, format: number, known: number) =>
  coded(
    'GOBLET_CLOUD_FOLDER_NEWER',
    `a newer Goblet wrote ${folder} (format ${format}, this one reads up to ${known}); update Goblet, or give --data another folder`,
  );

export const GOBLET_CLOUD_FOLDER_UNUSABLE =
  'The data folder cannot be read or written: full disk, quota, read-only file system, no permission, a file in the way, too many open files, disk error. The message has the cause and the remedy.';

/** @param task the failed action: `opened`, `written` */
export const unusable = (path: string, task: string, reason: string) =>
  coded('GOBLET_CLOUD_FOLDER_UNUSABLE', `${path} can not be ${task}: ${reason}`);

export const folderClosed = (folder: string) => coded('GOBLET_CLOUD_FOLDER_UNUSABLE', `${folder} is closed`);

/** @param failure the sentence of a failed write */
export const untilRoom = <const Code extends string>(code: Code, failure: string, bytes: number) =>
  coded(code, `${failure}; writes go on once ${Math.ceil(bytes / 1e6)} MB can be written there`);

export const noCredentials = (file: string) =>
  coded(
    'GOBLET_CLOUD_FOLDER_UNUSABLE',
    `${file} does not hold the cloud's credentials; restore it, or delete it to get new ones (terminals with the old ones have to run goblet env again)`,
  );

export const GOBLET_CLOUD_STORE_DAMAGED =
  'Files of the store are missing, or their bytes are not those that were written. Put the data folder back from a copy, or remove it to start with an empty cloud.';

export const damaged = (folder: string, reason: string) =>
  coded(
    'GOBLET_CLOUD_STORE_DAMAGED',
    `the store ${folder} is damaged: ${reason}; put the data folder back from a copy, or remove it to start with an empty cloud`,
  );
