import { lstatSync } from 'node:fs';
import { chmod, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from '../core/random-id.js';
import { type CodeEntries, CodeError, layOver, readPackage } from './code-package.js';
import { makeCodeRoot, removeCodeRoot } from './code-root.js';
import { removeTree } from './remove-tree.js';
import { parentsOf } from './zip-reader.js';

interface LaidOut {
  readonly folder: string;
  /** Of everything in it, when it was last changed. */
  readonly stamps: ReadonlyMap<string, string>;
}

/**
 * Folders of unpacked code, one for each package by its hash, made once. Nobody may write to them, as to /var/task on
 * Lambda. Who runs the functions is who owns the folders, and may change that (the superuser need not): what has been
 * changed is laid out anew for the next environment. The files are laid out in a folder of another name that is moved
 * into place whole, so that a folder that is there is complete.
 */
export class CodeFolders {
  readonly #workFolder: string;
  readonly #changed: (path: string) => void;
  readonly #made = new Map<string, Promise<LaidOut>>();
  #root: Promise<string> | undefined;

  /** @param changed receives the paths that somebody has changed in a folder, or removed */
  constructor(workFolder: string, changed: (path: string) => void = () => {}) {
    this.#workFolder = workFolder;
    this.#changed = changed;
  }

  /**
   * The folder of the code with this hash (of hexadecimal digits).
   * @param zips is asked for only where it is not there yet; of several the later ones are laid over the earlier
   */
  async folder(hash: string, zips: () => Promise<Uint8Array | readonly Uint8Array[]>): Promise<string> {
    const made = this.#made.get(hash);
    if (made) {
      const { folder, stamps } = await made;
      const changed = [...stamps].find(([path, stamp]) => stampOf(path) !== stamp)?.[0];
      if (changed === undefined) return folder;
      // Somebody else may have waited for the same and be further.
      if (this.#made.get(hash) === made) {
        this.#changed(changed);
        this.#make(hash, zips);
      }
    }
    const { folder } = await (this.#made.get(hash) ?? this.#make(hash, zips));
    return folder;
  }

  /** Removes all folders. */
  async close(): Promise<void> {
    if (this.#root) await removeCodeRoot(await this.#root);
    this.#root = undefined;
    this.#made.clear();
  }

  #make(hash: string, zips: () => Promise<Uint8Array | readonly Uint8Array[]>): Promise<LaidOut> {
    const made = this.#unpack(hash, zips);
    this.#made.set(hash, made);
    made.catch(() => {
      if (this.#made.get(hash) === made) this.#made.delete(hash);
    });
    return made;
  }

  async #unpack(hash: string, zips: () => Promise<Uint8Array | readonly Uint8Array[]>): Promise<LaidOut> {
    this.#root ??= makeCodeRoot(this.#workFolder);
    const root = await this.#root;
    const entries = layOver(await Promise.all([await zips()].flat().map(readPackage)));
    // A folder that was changed stays for those who run in it.
    const folder = join(root, `${hash}.${randomId.lower(8)}`);
    const draft = `${folder}.draft`;
    try {
      const paths = await layOut(entries, draft);
      await rename(draft, folder);
      await chmod(folder, 0o555);
      const laidOut = [folder, ...paths.map((path) => join(folder, path))];
      return { folder, stamps: new Map(laidOut.map((path) => [path, stampOf(path)])) };
    } catch (error) {
      await removeTree(draft);
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENAMETOOLONG') throw error;
      throw new CodeError('The package holds a path that is too long for the file system of this machine');
    }
  }
}

/** Creates a package's contents below a folder, read-only except the folder itself; returns the paths. */
async function layOut(entries: CodeEntries, folder: string): Promise<readonly string[]> {
  const folders = new Set<string>();
  for (const { kind, path } of entries.values()) {
    if (kind === 'folder') folders.add(path);
    for (const parent of parentsOf(path)) folders.add(parent);
  }
  await mkdir(folder, { mode: 0o700 });
  for (const each of folders) await mkdir(join(folder, each), { recursive: true });
  for (const entry of entries.values()) {
    const path = join(folder, entry.path);
    if (entry.kind === 'file')
      await writeFile(path, entry.bytes, { mode: entry.executable ? 0o555 : 0o444, flag: 'wx' });
    if (entry.kind === 'link') await symlink(entry.target, path);
  }
  for (const each of folders) await chmod(join(folder, each), 0o555);
  return [...new Set([...folders, ...entries.keys()])];
}

/** Tells a file as it is from what somebody has made of it. */
function stampOf(path: string): string {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.ino} ${stat.size} ${stat.mode} ${stat.mtimeNs} ${stat.ctimeNs}`;
}
