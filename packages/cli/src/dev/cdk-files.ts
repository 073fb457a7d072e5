import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of tests and installed packages; folders that start with a dot belong to tools. */
const ASIDE = /^(\..*|node_modules|cdk\.out|tests?|__tests__|coverage)$/;

/** `cdk` itself writes its context. The other files are for people, compilers and tests. */
const NOT_OURS = /^(cdk\.context\.json|\..*|.*\.md|.*\.d\.[cm]?ts|.*\.(test|spec)\.[^.]+|.*~)$/;

/** Every cloud assembly has this file, so its folder was written by `cdk`. */
const ASSEMBLY = 'cdk.out';

/** The files below a CDK project's folder that may affect a stack, as absolute paths. */
export function cdkFiles(folder: string): readonly string[] {
  const entries = list(folder);
  if (entries.some((entry) => entry.isFile() && entry.name === ASSEMBLY)) return [];
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return ASIDE.test(entry.name) ? [] : cdkFiles(join(folder, entry.name));
    return entry.isFile() && !NOT_OURS.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

/** A hash of the contents of the files: some tools write files without changing them. */
export function contentsOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(contents(file));
  return hash.digest('hex');
}

/** Folders and files may appear and disappear during the listing. */
function list(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function contents(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return new Uint8Array();
  }
}
