import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes/commands.js';

/**
 * The path of another Node.js, which npm installs into the cache folder where it is not there yet (about 100 MB).
 * @param version exact: `22.23.3`
 * @throws Error where this platform has no such package, or no registry is reached
 */
export function otherNode(version: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules', '.cache', 'goblet-node', version);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-save', `${name}@${version}`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  if (status !== 0 || !existsSync(binary)) {
    throw new Error(`npm has no Node.js ${version} for this platform (${name}@${version}):\n${stderr}`);
  }
  return binary;
}
