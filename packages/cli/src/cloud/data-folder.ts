import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

const NAME = '.goblet';

/** The folder and those above it, the nearest first. */
export function* upwards(from: string): Generator<string> {
  const { root } = parse(from);
  for (let folder = from; ; folder = dirname(folder)) {
    yield folder;
    if (folder === root) return;
  }
}

function isWorkspaceRoot(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'workspaces' in manifest;
  } catch {
    return false;
  }
}

/**
 * The folder in which a project keeps its local cloud. Every folder of the project finds the same one: the nearest
 * `.goblet` upwards, else `.goblet` in the workspace's root, else beside the nearest package.json, else here.
 *
 * @param from the folder in which the command runs
 */
export function findDataFolder(from: string): string {
  const folders = [...upwards(from)];
  const found =
    folders.find((folder) => existsSync(join(folder, NAME))) ??
    folders.find(isWorkspaceRoot) ??
    folders.find((folder) => existsSync(join(folder, 'package.json'))) ??
    from;
  return join(found, NAME);
}
