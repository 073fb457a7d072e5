import type { Flat } from './app-runtime.js';
import type { AnyHandler, Declaring, Entry } from './declarations.js';

export function addListener({ declarations }: Declaring, handler: AnyHandler): void {
  declarations.entries.push({ kind: 'listener', handler });
}

export function flattenListener(entry: Entry, { listeners }: Flat): void {
  if (entry.kind === 'listener') listeners.push(entry.handler);
}
