import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Everything that Goblet made in data folders before they had a marker. */
const OF_A_CLOUD = ['store', 'work', 'credentials.json', 'credentials.json.new'];
const OF_COMMANDS = ['running.json', 'outputs.json', 'cdk', 'dev'];
/** Files that other programs put into any folder. */
const OF_ANYBODY = ['.DS_Store', '.gitignore'];

/**
 * The contents of a folder without a marker: a cloud of the first format, files of commands alone, a mixture, or
 * foreign files.
 */
export type FirstFormat = 'cloud' | 'commands' | 'mixed' | 'foreign';

async function hasSecret(folder: string): Promise<boolean> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8'));
    return typeof value === 'object' && value !== null && 'secretAccessKey' in value;
  } catch {
    return false;
  }
}

async function hasStore(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, 'store'))).isDirectory();
  } catch {
    return false;
  }
}

/** Recognises a data folder of the first format by what is in it. `mixed` is one that has things of others as well. */
export async function firstFormat(folder: string, entries: readonly string[]): Promise<FirstFormat> {
  const within = (names: readonly string[]) => entries.every((entry) => names.includes(entry));
  if ((await hasSecret(folder)) && (await hasStore(folder)))
    return within([...OF_A_CLOUD, ...OF_COMMANDS, ...OF_ANYBODY]) ? 'cloud' : 'mixed';
  // An ephemeral cloud leaves no files. The commands that used it do, in the folder's usual name.
  if (basename(folder) === '.goblet' && within([...OF_COMMANDS, ...OF_ANYBODY])) return 'commands';
  return 'foreign';
}
