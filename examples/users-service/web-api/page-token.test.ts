import { describe, expect, test } from 'vitest';
import { openPageToken, sealPageToken } from './page-token.js';

const token = sealPageToken('jörg', 'users');

describe('a page token', () => {
  test('gives back the username it was made of', () => {
    expect(openPageToken(token, 'users')).toBe('jörg');
  });

  test('is refused for another table', () => {
    expect(openPageToken(token, 'others')).toBeUndefined();
  });

  test('is refused when any one character is changed', () => {
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      expect(openPageToken(token.slice(0, index) + other + token.slice(index + 1), 'users')).toBeUndefined();
    }
  });

  test.each(['', 'x', 'not a token', `${token}=`, token.slice(1), `${token}AAAA`])('%j is refused', (made) => {
    expect(openPageToken(made, 'users')).toBeUndefined();
  });
});
