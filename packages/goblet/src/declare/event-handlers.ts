import type { SourceLine } from '../definition.js';
import type { Flat } from './app-runtime.js';
import type { AnyHandler, Declaring, Entry } from './declarations.js';

export function addHandler(
  { record }: Declaring,
  name: string,
  handler: AnyHandler,
  source: SourceLine | undefined,
): void {
  record.entries.push({ kind: 'event', name, handler, source });
}

export function flattenHandler(entry: Entry, { events }: Flat): void {
  if (entry.kind === 'event') events.push(entry);
}
