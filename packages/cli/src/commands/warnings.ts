import type { BuildWarning } from '@goblet/build';
import type { Terminal } from '../terminal/terminal.js';

/** Prints warnings to read before the app is deployed, one line each, on standard error. */
export function noteWarnings(warnings: readonly BuildWarning[], { note, colors }: Terminal): void {
  for (const { code, message, source } of warnings) {
    const at = source === undefined ? '' : ` (${source.file}:${source.line})`;
    note(`${colors.yellow('warning')} ${code}: ${message}${at}`);
  }
}
