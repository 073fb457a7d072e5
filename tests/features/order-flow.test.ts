import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

let flow: DeployedApp;

beforeAll(async () => {
  flow = await DeployedApp.deploy('examples/order-flow/infra/app.ts');
});
afterAll(async () => {
  await flow?.[Symbol.asyncDispose]();
});

const get = async (path: string): Promise<unknown> => (await fetch(`${flow.output('OrderFlow')}${path}`)).json();

test('an order goes through table, stream, bus, queue and bucket, and comes back as done', {
  timeout: 60_000,
}, async () => {
  const ids = ['1', '2', '3'];
  for (const id of ids) {
    const answer = await fetch(`${flow.output('OrderFlow')}orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, item: 'tea', amount: 2 }),
    });
    expect(answer.status).toBe(201);
  }
  for (const id of ids)
    await expect
      .poll(() => get(`orders/${id}`), { timeout: 50_000 })
      .toEqual({ id, item: 'tea', amount: 2, status: 'done', receipt: `receipts/${id}.txt` });
});

// It waits for the minute of the schedule.
const inSlowTier = test.runIf(process.env.GOBLET_TESTS === 'full');

inSlowTier('the schedule counts the orders that are done', { timeout: 150_000 }, async () => {
  await expect.poll(() => get('report'), { timeout: 140_000, interval: 500 }).toMatchObject({ done: 3 });
});
