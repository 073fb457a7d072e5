import { expect, test } from 'vitest';
import { bodyLimit } from './body-limit.js';

const limitOf = (path: string) =>
  bodyLimit({
    method: 'POST',
    path,
    query: '',
    headers: [],
    sourceIp: '127.0.0.1',
    signal: new AbortController().signal,
  });

test.each([
  ['/2015-03-31/functions', 69_905_067, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/', 69_905_067, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/code', 69_905_067, 'RequestEntityTooLargeException'],
  ['/2018-10-31/layers/l/versions', 69_905_067, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/configuration', 6_291_456, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/invocations', 6_291_456, 'RequestTooLargeException'],
])('a body for %s has up to %i bytes', (path, bytes, code) => {
  const limit = limitOf(path);
  expect(limit.bytes).toBe(bytes);
  expect(limit.tooLarge()).toMatchObject({ code, status: 413 });
});
