import { expect, test } from 'vitest';
import { App, lambda } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { context } from './fixtures/source-fixtures.js';

test('a function that is invoked gets its payload and answers', async () => {
  const app = new App('x', { sources: { double: lambda() } });
  app.on('double', ({ records: [n] }) => Number(n) * 2);
  expect(await lambdaHandler(app, 'double')(21, context)).toBe(42);
});
