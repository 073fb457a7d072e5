// Writes what src/core/generated-lines.ts reads: a header, then one JSON object a line, sorted by name; compressed.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../generated');

/** True if the file was written for the same header. */
export function isCurrent(file, header) {
  try {
    const text = gunzipSync(readFileSync(join(folder, file))).toString();
    return text.slice(0, text.indexOf('\n')) === JSON.stringify(header);
  } catch {
    return false;
  }
}

/** @param objects each with its `name` as first member */
export function writeLines(file, header, objects) {
  mkdirSync(folder, { recursive: true });
  const lines = objects.map((one) => JSON.stringify(one)).sort();
  const target = join(folder, file);
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, gzipSync([JSON.stringify(header), ...lines, ''].join('\n'), { level: 9 }));
  renameSync(unfinished, target);
}
