import type { Members } from '../../core/members.js';

/** `[{ Key, Value }]` as a record. */
export function readTags(tags: readonly Members[]): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [tag.neededText('Key'), tag.text('Value') ?? '']));
}

export function writeTags(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
