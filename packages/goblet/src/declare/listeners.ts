import type { Flat } from './app-runtime.js';
import type { AnyHandler, Declaring, Entry } from './declarations.js';

export function addListener({ record }: Declaring, handler: AnyHandler): void {
  record.entries.push({ kind: 'listener', handler });
}

export function flattenListener(entry: Entry, { listeners }: Flat): void {
  if (entry.kind === 'listener') listeners.push(entry.handler);
}
