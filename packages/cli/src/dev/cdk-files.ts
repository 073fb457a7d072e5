import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of tests and of what is installed; a folder with a dot in front is the tools' own. */
const ASIDE = /^(\..*|node_modules|cdk\.out|tests?|__tests__|coverage)$/;

/** `cdk` writes its context itself. The rest is for people, compilers and tests. */
const NOT_OURS = /^(cdk\.context\.json|\..*|.*\.md|.*\.d\.[cm]?ts|.*\.(test|spec)\.[^.]+|.*~)$/;

/** A folder that `cdk` wrote: every cloud assembly has this file. */
const ASSEMBLY = 'cdk.out';

/** The files below a CDK project's folder that a stack may be made of, as absolute paths. */
export function cdkFiles(folder: string): readonly string[] {
  const entries = list(folder);
  if (entries.some((entry) => entry.isFile() && entry.name === ASSEMBLY)) return [];
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return ASIDE.test(entry.name) ? [] : cdkFiles(join(folder, entry.name));
    return entry.isFile() && !NOT_OURS.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

/** A hash of what the files hold: some tools write files that stay as they were. */
export function contentsOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(contents(file));
  return hash.digest('hex');
}

/** Folders and files come and go while they are looked at. */
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
