import { type Members, membersOf } from '../../core/members.js';
import { badRequest } from './refusal.js';

/** Reads a map of texts. */
export function textMap(value: unknown, name: string): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw badRequest(`Invalid request input: ${name} is not a map`);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (typeof entry === 'string') return [key, entry];
      throw badRequest(`Invalid request input: ${name}.${key} is not a string`);
    }),
  );
}

/** Reads a map of flags, which templates also write as text. */
export function flagMap(value: unknown, name: string): Readonly<Record<string, boolean>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw badRequest(`Invalid request input: ${name} is not a map`);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, entry === true || entry === 'true']));
}

/** Labels of a path, each needed. */
export function labels<const N extends string>(raw: unknown, ...names: readonly N[]): Readonly<Record<N, string>> {
  const members = membersOf(raw);
  return Object.fromEntries(names.map((name) => [name, members.neededText(name)])) as Record<N, string>;
}

/** `limit` and `position` of the List operations. */
export function readPage(members: Members): Page {
  const limit = members.integer('limit') ?? 25;
  if (limit < 1) throw badRequest('Invalid limit value. Must be between 1 and 500');
  return { limit: Math.min(limit, 500), position: members.text('position') };
}

export interface Page {
  readonly limit: number;
  readonly position: string | undefined;
}

/** One page of a list: `position` is the id after which it goes on. */
export function pageOf<T, O>(records: readonly T[], page: Page, id: (record: T) => string, output: (record: T) => O) {
  const sorted = [...records].sort((a, b) => (id(a) < id(b) ? -1 : 1));
  const after = page.position === undefined ? sorted : sorted.filter((record) => id(record) > (page.position ?? ''));
  const taken = after.slice(0, page.limit);
  const last = taken.at(-1);
  return {
    item: taken.map(output),
    position: after.length > taken.length && last !== undefined ? id(last) : undefined,
  };
}
