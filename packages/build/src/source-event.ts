import { askChild } from './ask-child.js';
import { BuildError } from './build-error.js';
import { type EntryOptions, resolveEntry } from './entry.js';
import { recordsTooLarge } from './errors/events.js';
import type { SourceEvent } from './evaluate/source-event.js';
import { inventoryEnvironment } from './inventory-environment.js';

/** Options of `sourceEvent`. */
export interface SourceEventOptions extends EntryOptions {
  /** The name of the source in the app. */
  readonly source: string;
  /** The records, as JSON: whatever `send` of the framework's test client accepts. */
  readonly sent: readonly unknown[];
}

/** Linux limits an argument of a process to 128 KiB. */
const MAX_RECORDS_LENGTH = 32_000;

/**
 * Loads the app in a child process, as for its inventory, and lets its source build the event that AWS would send.
 * @throws BuildError GOBLET_BUILD_SEND if the app has no such source or the source does not accept the record
 * @example await sourceEvent({ source: 'jobs', sent: [{ job: 'letter' }] })
 */
export async function sourceEvent({ source, sent, ...where }: SourceEventOptions): Promise<SourceEvent> {
  const entry = resolveEntry(where);
  const records = JSON.stringify(sent);
  if (records.length > MAX_RECORDS_LENGTH) {
    throw new BuildError(recordsTooLarge(source, records.length, MAX_RECORDS_LENGTH));
  }
  return askChild<SourceEvent>(['event', entry.file, source, records], {
    file: entry.file,
    cwd: entry.project,
    environment: inventoryEnvironment(),
  });
}
