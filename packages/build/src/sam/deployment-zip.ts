import { zipSync } from 'fflate';
import type { Bundle } from '../bundle/bundle.js';

/** The earliest date of a zip (APPNOTE 4.4.6). With real file times, the same bundle would give different zips. */
const EPOCH = new Date(1980, 0, 1);

/**
 * The bundle as Lambda's deployment package: the same bytes for the same bundle.
 * @param level compression level, from 0 (fast) to 9 (small)
 * @example writeFileSync(DEPLOYMENT_ZIP, deploymentZip(bundle));
 */
export function deploymentZip(bundle: Bundle, level: 0 | 6 | 9 = 9): Uint8Array {
  const files = Object.entries(bundle.files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(files.map(([name, contents]) => [name, [contents, { mtime: EPOCH, level }]])));
}
