import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudError } from '../core/cloud-error.js';
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

/** By what this folder is known to be ours when it is to be removed; and no module of a project's type is in it. */
const MANIFEST = '{ "type": "commonjs" }\n';

/** Removes what an earlier process left here; what somebody else made stays, and is named. */
async function removeOwn(root: string): Promise<void> {
  const names = await readdir(root).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (names === undefined) return;
  const manifest = await readFile(join(root, 'package.json'), 'utf8').catch(() => undefined);
  if (names.length > 0 && manifest !== MANIFEST)
    throw new CloudError(
      'GOBLET_CLOUD_FOLDER_FOREIGN',
      `${root} is where functions are unpacked, and Goblet did not make what is in it; move it away`,
    );
  await removeTree(root);
}

/**
 * Makes the folder below which functions are unpacked, empty. A function finds there what it finds on Lambda: its own
 * packages and the AWS SDK, which is the one of the project that the cloud runs in, if it has one. It does not find the
 * project's other packages or module type: what is missing in the bundle is missing here too.
 */
export async function makeCodeRoot(workFolder: string, project: string = process.cwd()): Promise<string> {
  const root = rootFor(workFolder);
  await removeOwn(root);
  await mkdir(dirname(root), { recursive: true });
  // Fails where somebody else has made it in between: the folder of temporary files is everybody's.
  await mkdir(root, { mode: 0o700 });
  await writeFile(join(root, 'package.json'), MANIFEST);
  await mkdir(join(root, 'node_modules'));
  for (const scope of RUNTIME_SCOPES) {
    const found = [...ancestors(project)].map((folder) => join(folder, 'node_modules', scope)).find(existsSync);
    if (found !== undefined) await symlink(found, join(root, 'node_modules', scope), 'junction');
  }
  return root;
}
