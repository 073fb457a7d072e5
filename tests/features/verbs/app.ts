import { App, lambda, queue } from 'goblet';
import * as z from 'zod';

const Job = z.object({ job: z.string() });

export const app = new App('orders', { sources: { jobs: queue(Job), total: lambda(), gate: lambda() } });
app.get('/orders/{id}', ({ params, log }) => {
  log.info('order read', { order: params.id });
  return { id: params.id };
});
app.on('jobs', ({ records, log }) => {
  for (const { body } of records) log.warn('job done', { job: body.job });
});
app.on('total', ({ records: [given] }) => {
  console.log('adding up');
  const { prices = [] } = (given ?? {}) as { prices?: number[] };
  if (prices.some((price) => price < 0)) throw new RangeError('a price is negative');
  return { total: prices.reduce((sum, price) => sum + price, 0) };
});
app.on('gate', async ({ records: [address] }) => (await fetch(String(address))).text());
