import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from './bundle.js';

/**
 * Writes the bundle's files into the folder and creates the folder if it is missing.
 * @example writeBundle(bundle, 'dist/functions');
 */
export function writeBundle(bundle: Bundle, folder: string): void {
  for (const [name, contents] of Object.entries(bundle.files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}
