import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Its real folder, with links resolved. */
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The package that code in this folder would import, found as Node.js finds it; undefined if there is none. */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = readPackage(join(folder, 'node_modules', name));
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The package in exactly this folder. */
export function readPackage(folder: string): InstalledPackage | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null) return undefined;
    const { name, version } = manifest as Record<string, unknown>;
    if (typeof name !== 'string' || typeof version !== 'string') return undefined;
    return { name, version, folder: realpathSync(folder), manifest: { ...manifest } };
  } catch {
    return undefined;
  }
}

/** A string member of a member of a manifest, for example a range of `peerDependencies`. */
export function manifestText({ manifest }: InstalledPackage, member: string, name: string): string | undefined {
  const members = manifest[member];
  const value = typeof members === 'object' && members !== null ? Reflect.get(members, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
