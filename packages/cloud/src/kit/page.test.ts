import { expect, test } from 'vitest';
import { AwsError } from '../core/aws-error.js';
import { type PageOptions, pageOf, pageOfRange } from './page.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

function options(token?: string, of: readonly unknown[] = ['ListThings', '']): PageOptions<string> {
  const refuse = () => new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return { keyOf: (name) => name, limit: 2, token, of, refuse };
}

function everything(list: (token?: string) => { items: readonly string[]; next: string | undefined }) {
  const pages: (readonly string[])[] = [];
  let token: string | undefined;
  do {
    const { items, next } = list(token);
    pages.push(items);
    token = next;
  } while (token !== undefined);
  return pages;
}

test('the pages of a list are the list, and the last one has no token', () => {
  expect(everything((token) => pageOf(NAMES, options(token)))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('a list that fills its last page ends there', () => {
  expect(everything((token) => pageOf(NAMES.slice(0, 4), options(token)))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('items that come and go between two pages are neither repeated nor left out', () => {
  const { next } = pageOf(NAMES, options());
  expect(pageOf(['aa', 'c', 'd'], options(next)).items).toEqual(['c', 'd']);
  expect(pageOf(['a'], options(next))).toEqual({ items: [], next: undefined });
});

test.each(['', 'x', 'YWJj', 'not a token!'])('the token %j is refused', (token) => {
  expect(() => pageOf(NAMES, options(token))).toThrow('The specified token is not valid.');
});

test('a token of another call is refused', () => {
  const { next } = pageOf(NAMES, options(undefined, ['ListThings', 'prefix']));
  expect(() => pageOf(NAMES, options(next))).toThrow('The specified token is not valid.');
});

test('a list that is read bit by bit has the same pages', async () => {
  async function* from(after: string | undefined) {
    for (const name of NAMES) if (after === undefined || name > after) yield name;
  }
  const first = await pageOfRange(from, options());
  const second = await pageOfRange(from, options(first.next));
  const third = await pageOfRange(from, options(second.next));
  expect([first, second, third].map(({ items }) => items)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(third.next).toBeUndefined();
});
