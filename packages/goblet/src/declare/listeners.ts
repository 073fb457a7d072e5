import type { Flat } from './app-runtime.js';
import type { Declaring, Entry, Run } from './book.js';

export function addListener({ book }: Declaring, handler: Run): void {
  book.entries.push({ kind: 'listener', handler });
}

export function flattenListener(entry: Entry, { listeners }: Flat): void {
  if (entry.kind === 'listener') listeners.push(entry.handler);
}
