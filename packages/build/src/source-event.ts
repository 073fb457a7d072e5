import { askChild } from './ask-child.js';
import { type EntryOptions, resolveEntry } from './entry.js';
import { BuildError } from './errors.js';
import type { SourceEvent } from './evaluate/source-event.js';
import { inventoryEnvironment } from './inventory-environment.js';

export interface SourceEventOptions extends EntryOptions {
  /** The name of the source in the app. */
  readonly source: string;
  /** What it is to carry, one record each: what `send` of the framework's test client takes, as JSON. */
  readonly sent: readonly unknown[];
}

/** An argument of a process has 128 KiB on Linux. */
const MOST = 32_000;

/**
 * Loads the app in a child process, as for its inventory, and has its source make the event that AWS would send.
 * @throws BuildError GOBLET_BUILD_SEND where the app has no such source or the source does not carry that
 * @example await sourceEvent({ source: 'jobs', sent: [{ job: 'letter' }] })
 */
export async function sourceEvent({ source, sent, ...where }: SourceEventOptions): Promise<SourceEvent> {
  const entry = resolveEntry(where);
  const records = JSON.stringify(sent);
  if (records.length > MOST) {
    throw new BuildError(
      'GOBLET_BUILD_SEND',
      `what is sent to ${source} has ${records.length} characters of JSON, and ${MOST} is the most; give the event itself`,
    );
  }
  return askChild<SourceEvent>(['event', entry.file, source, records], {
    file: entry.file,
    cwd: entry.project,
    environment: inventoryEnvironment(),
  });
}
