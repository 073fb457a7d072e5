import { testClient } from 'goblet/testing';
import { expect, test } from 'vitest';
import { app, greet } from './app.js';

test('greets by name', async () => {
  await using client = testClient(app, { env: { GREETING: 'Hello' } });
  const response = await client.call(greet, { params: { name: 'Ann' } });
  expect(response).toMatchObject({ status: 200, body: { greeting: 'Hello, Ann!' } });
});
