import { App, bucket, bus, NotFound, queue, schedule, tableStream } from 'goblet';
import * as z from 'zod';
import { services } from './services.js';

const Order = z.object({ id: z.string().min(1), item: z.string().min(1), amount: z.int().positive() });
const Stored = Order.extend({ status: z.enum(['placed', 'done']), receipt: z.string().optional() });
const Report = z.object({ done: z.int(), time: z.iso.datetime() });

export const app = new App('order-flow', {
  api: 'http',
  env: { ORDERS_TABLE_NAME: String, REPORTS_TABLE_NAME: String, BUS_NAME: String, RECEIPTS_BUCKET_NAME: String },
  sources: {
    changes: tableStream(Stored, { filters: [{ eventName: ['INSERT'] }] }),
    work: queue(bus(Order, { pattern: { source: ['shop'], 'detail-type': ['OrderPlaced'] } })),
    receipts: bucket({ prefix: 'receipts/' }),
    report: schedule('rate(1 minute)'),
  },
  setup: ({ env }) => services(env),
});

// 1. An order comes by HTTP, and is stored.
app.post('/orders', { body: Order, response: Stored, status: 201 }, async ({ body, deps }) => {
  const order = { ...body, status: 'placed' as const };
  await deps.orders.put(order);
  return order;
});

// 2. The table's stream announces it on the bus.
app.on('changes', async ({ records, deps }) => {
  for (const { newImage } of records) if (newImage) await deps.announce(Order.parse(newImage));
});

// 3. A rule brings it to the queue, whose worker writes the receipt.
app.on('work', async ({ records, deps }) => {
  for (const { body } of records) {
    const { id, item, amount } = body.detail;
    await deps.receipts.write(`receipts/${id}.txt`, `${amount} x ${item}`);
  }
});

// 4. The bucket notifies, and the order is done.
app.on('receipts', async ({ records, deps }) => {
  for (const { key } of records) await deps.orders.done(key.replace(/^receipts\/|\.txt$/g, ''), key);
});

// 5. Every minute the orders that are done are counted.
app.on('report', async ({ records: [run], deps }) => {
  await deps.reports.put({ done: await deps.orders.countDone(), time: run.time.toISOString() });
});

app.get('/orders/{id}', { response: Stored, errors: [NotFound] }, async ({ params, deps }) => {
  const order = await deps.orders.find(params.id);
  if (order === undefined) throw new NotFound(`Order ${params.id} does not exist`);
  return Stored.parse(order);
});

app.get('/report', { response: Report, errors: [NotFound] }, async ({ deps }) => {
  const report = await deps.reports.find();
  if (report === undefined) throw new NotFound('There is no report yet');
  return Report.parse(report);
});
