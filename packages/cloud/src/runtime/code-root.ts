import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudError } from '../core/cloud-error.js';
import { isMissing } from '../core/missing-file.js';
import { foreignCode } from '../errors/folder.js';
import { removeTree } from './remove-tree.js';

/** The packages that Lambda's Node.js runtimes bring along. */
const RUNTIME_SCOPES = ['@aws-sdk', '@smithy', '@aws'];

function* ancestors(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

/** A folder for code: below the given one, unless Node would find packages of a project from there. */
function rootFor(workFolder: string): string {
  const inProject = [...ancestors(workFolder)].some((folder) => existsSync(join(folder, 'node_modules')));
  if (!inProject) return join(workFolder, 'functions');
  return join(tmpdir(), `goblet-functions-${createHash('sha256').update(workFolder).digest('hex').slice(0, 16)}`);
}

/** The file by which this folder is known to be ours when it is to be removed. With it no module is of a project's type. */
const MANIFEST_FILE = 'package.json';
const MANIFEST = '{ "type": "commonjs" }\n';

/** True for a folder of ours, also if the process that made it or removed it was killed at it. */
async function isOwn(root: string, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return true;
  const manifest = await readFile(join(root, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return manifest === MANIFEST || (manifest === '' && names.length === 1);
}

/**
 * Removes a folder that `makeCodeRoot` made. The file by which it is known goes last, so that what a killed process
 * leaves is still known to be ours.
 *
 * @param remove removes one entry with what is in it
 * @throws CloudError GOBLET_CLOUD_FOLDER_FOREIGN if somebody else made what is in the folder
 */
export async function removeCodeRoot(
  root: string,
  remove: (path: string) => Promise<void> = removeTree,
): Promise<void> {
  const found = await lstat(root).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found === undefined) return;
  // Behind a link is a folder that is somebody's, whatever is in it.
  const names = found.isDirectory() ? await readdir(root) : [];
  if (!found.isDirectory() || !(await isOwn(root, names))) throw new CloudError(foreignCode(root));
  for (const name of names) if (name !== MANIFEST_FILE) await remove(join(root, name));
  await remove(join(root, MANIFEST_FILE));
  await remove(root);
}

/** The folder of packages of a scope that is nearest to `from`. */
function scopeFolder(from: string, scope: string): string | undefined {
  return [...ancestors(from)].map((folder) => join(folder, 'node_modules', scope)).find(existsSync);
}

/** The packages of a scope as functions are to find them: the project's, and ours where it has none of that name. */
async function linkScope(root: string, scope: string, project: string, own: string): Promise<void> {
  const folders = [project, own].flatMap((from) => scopeFolder(from, scope) ?? []);
  if (folders.length === 0) return;
  const target = join(root, 'node_modules', scope);
  await mkdir(target);
  const packages = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await readdir(folder)) if (!packages.has(name)) packages.set(name, join(folder, name));
  }
  await Promise.all([...packages].map(([name, path]) => symlink(path, join(target, name), 'junction')));
}

/**
 * Makes the folder below which functions are unpacked, empty. A function finds there what it finds on Lambda: its own
 * packages and the AWS SDK: each of its packages as the project that the cloud runs in has it, else as the cloud itself
 * has it. It does not find the project's other packages or module type: what is missing in the bundle is missing here too.
 *
 * @param own where the cloud's packages are found from
 */
export async function makeCodeRoot(
  workFolder: string,
  project: string = process.cwd(),
  own: string = fileURLToPath(new URL('.', import.meta.url)),
): Promise<string> {
  const root = rootFor(workFolder);
  await removeCodeRoot(root);
  await mkdir(dirname(root), { recursive: true });
  // Fails where somebody else has made it in between: the folder of temporary files is everybody's.
  await mkdir(root, { mode: 0o700 });
  await writeFile(join(root, MANIFEST_FILE), MANIFEST);
  await mkdir(join(root, 'node_modules'));
  await Promise.all(RUNTIME_SCOPES.map((scope) => linkScope(root, scope, project, own)));
  return root;
}
