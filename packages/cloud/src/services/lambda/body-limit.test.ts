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
  ['/2015-03-31/functions', 70_167_211, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/', 70_167_211, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/code', 70_167_211, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/versions', 6_291_456, 'RequestEntityTooLargeException'],
  ['/2018-10-31/layers/l/versions', 70_167_211, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/configuration', 6_291_456, 'RequestEntityTooLargeException'],
  ['/2015-03-31/functions/f/invocations', 6_291_456, 'RequestTooLargeException'],
])('a body for %s has up to %i bytes', (path, bytes, code) => {
  const limit = limitOf(path);
  expect(limit.bytes).toBe(bytes);
  expect(limit.tooLarge()).toMatchObject({ code, status: 413 });
});

// As AWS was recorded to answer in November 2025.
test('a request that is too large to make a function names the operation', () => {
  expect(limitOf('/2015-03-31/functions').tooLarge()).toMatchObject({
    message: 'Request must be smaller than 70167211 bytes for the CreateFunction operation',
  });
});
