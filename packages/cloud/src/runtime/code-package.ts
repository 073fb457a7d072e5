import { checkTree, parentsOf, readZip, type ZipEntry, ZipError } from './zip-reader.js';

/** Lambda's limit of an unpacked deployment package, in bytes. */
export const LARGEST_CODE = 262_144_000;
/** The longest path below /var/task, in bytes. */
const LONGEST_PATH = 4096 - '/var/task//'.length;

/** A mistake in a deployment package, in Lambda's words: not a zip, too large, or with a path outside the package. */
export class CodeError extends Error {
  /** @param reason what it is in this one, where Lambda does not say */
  constructor(
    message: string,
    readonly reason?: string,
  ) {
    super(message);
  }
}

/** The contents of a deployment package or a layer, by path. */
export type CodeEntries = ReadonlyMap<string, ZipEntry>;

/** @throws CodeError where it is no deployment package */
export async function readPackage(zip: Uint8Array): Promise<CodeEntries> {
  try {
    const entries = await readZip(zip, { size: LARGEST_CODE, path: LONGEST_PATH });
    return new Map(entries.map((entry) => [entry.path, entry]));
  } catch (error) {
    throw codeError(error);
  }
}

/**
 * Lays packages over each other: of what is in the way of each other, the later one stays.
 * @throws CodeError where together they have a link that leads out of them
 */
export function layOver(packages: readonly CodeEntries[]): CodeEntries {
  const [only] = packages;
  if (packages.length === 1 && only) return only;
  const all = new Map<string, ZipEntry>();
  for (const entry of packages.flatMap((each) => [...each.values()])) {
    for (const parent of parentsOf(entry.path)) if (all.get(parent)?.kind !== 'folder') all.delete(parent);
    if (entry.kind !== 'folder' && all.get(entry.path)?.kind !== 'file') removeBelow(all, entry.path);
    all.set(entry.path, entry);
  }
  try {
    checkTree(all);
  } catch (error) {
    throw codeError(error);
  }
  return all;
}

function removeBelow(entries: Map<string, ZipEntry>, path: string): void {
  for (const each of entries.keys()) if (each.startsWith(`${path}/`)) entries.delete(each);
}

function codeError(error: unknown): unknown {
  if (!(error instanceof ZipError)) return error;
  if (error.kind !== 'broken') return new CodeError(error.message);
  const message = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
  return new CodeError(message, error.message);
}
