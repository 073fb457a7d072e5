import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { randomId } from '../core/random-id.js';
import { makeCodeRoot } from './code-root.js';

/** Lambda's limit of an unpacked deployment package, in bytes. */
export const LARGEST_CODE = 262_144_000;

/** What is wrong with a deployment package: not a zip, too large, or with a path that leads out of it. */
export class CodeError extends Error {}

/** Reads a zip; throws a CodeError where it is no deployment package. */
export function readZip(zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let size = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        if (size > LARGEST_CODE) throw new CodeError(`Unzipped size must be smaller than ${LARGEST_CODE} bytes`);
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if (error instanceof CodeError) throw error;
    throw new CodeError('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  for (const name of Object.keys(files)) {
    const parts = name.split(/[\\/]/);
    if (parts.includes('..') || parts[0] === '' || name.includes('\0') || /^[A-Za-z]:/.test(name)) {
      throw new CodeError(`The zip holds a path that leads out of it: ${JSON.stringify(name)}`);
    }
  }
  return files;
}

/**
 * Folders of unpacked code, one for each package by its hash, made once. The files are laid out in a folder of another
 * name and moved into place whole, so that a folder that is there is complete.
 */
export class CodeFolders {
  readonly #workFolder: string;
  readonly #made = new Map<string, Promise<string>>();
  #root: Promise<string> | undefined;

  constructor(workFolder: string) {
    this.#workFolder = workFolder;
  }

  /**
   * The folder of the code with this hash (of hexadecimal digits).
   * @param zips is asked for only where it is not there yet; of several the later ones are laid over the earlier
   */
  folder(hash: string, zips: () => Promise<Uint8Array | readonly Uint8Array[]>): Promise<string> {
    let folder = this.#made.get(hash);
    if (folder === undefined) {
      folder = this.#unpack(hash, zips);
      this.#made.set(hash, folder);
      folder.catch(() => this.#made.delete(hash));
    }
    return folder;
  }

  /** Removes all folders. */
  async close(): Promise<void> {
    if (this.#root) await rm(await this.#root, { recursive: true, force: true });
    this.#root = undefined;
    this.#made.clear();
  }

  async #unpack(hash: string, zips: () => Promise<Uint8Array | readonly Uint8Array[]>): Promise<string> {
    this.#root ??= makeCodeRoot(this.#workFolder);
    const root = await this.#root;
    const files = Object.fromEntries([await zips()].flat().flatMap((zip) => Object.entries(readZip(zip))));
    const folder = join(root, hash);
    const draft = `${folder}.${randomId.lower(8)}`;
    const folders = new Set(Object.keys(files).map((name) => dirname(join(draft, name))));
    for (const each of [draft, ...folders]) await mkdir(each, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(draft, name);
      if (!path.startsWith(draft + sep)) throw new CodeError(`The zip holds a path that leads out of it: ${name}`);
      await writeFile(path, bytes);
      // The library does not tell the permissions in the zip, and a package may hold programs.
      await chmod(path, 0o755);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return folder;
  }
}
