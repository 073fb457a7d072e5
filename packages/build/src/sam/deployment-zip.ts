import { zipSync } from 'fflate';
import type { Bundle } from '../bundle/bundle.js';

/** A zip begins in 1980 (APPNOTE 4.4.6); with its own time for every file, the same bundle would make different zips. */
const EPOCH = new Date(1980, 0, 1);

/**
 * The bundle as Lambda takes it: the same bytes for the same bundle.
 * @param level how hard to compress, from 0 (fast) to 9 (small)
 */
export function deploymentZip(bundle: Bundle, level: 0 | 6 | 9 = 9): Uint8Array {
  const files = Object.entries(bundle.files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(files.map(([name, contents]) => [name, [contents, { mtime: EPOCH, level }]])));
}
