import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Entry } from '../entry.js';

/**
 * Lets a module in `folder` find the packages that its app finds. A package that is not installed fails at its import.
 * @example linkPackages(bundle.external, entry, folder);
 */
export function linkPackages(packages: readonly string[], entry: Entry, folder: string): void {
  for (const name of packages) {
    const target = installed(name, dirname(entry.file));
    if (target === undefined) continue;
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(realpathSync(target), link, 'dir');
  }
}

/** Searches like Node.js: in `node_modules` of the folder, then of each folder above. */
function installed(name: string, folder: string): string | undefined {
  const candidate = join(folder, 'node_modules', name);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : installed(name, parent);
}
