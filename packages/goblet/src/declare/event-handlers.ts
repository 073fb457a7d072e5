import type { SourceLine } from '../definition.js';
import type { Flat } from './app-runtime.js';
import type { Declaring, Entry, Run } from './book.js';

export function addHandler({ book }: Declaring, name: string, handler: Run, source: SourceLine | undefined): void {
  book.entries.push({ kind: 'event', name, handler, source });
}

export function flattenHandler(entry: Entry, { events }: Flat): void {
  if (entry.kind === 'event') events.push(entry);
}
