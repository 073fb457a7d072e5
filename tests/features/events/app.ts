import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, bus, queue, schedule } from 'goblet';
import * as z from 'zod';

const Order = z.object({ order: z.number() });

export const app = new App('events', {
  env: { BUS_NAME: String },
  sources: {
    minutely: schedule('rate(1 minute)'),
    nightly: schedule('cron(0 3 * * ? *)'),
    placed: bus(Order, { pattern: { source: ['shop'], detail: { order: [{ numeric: ['>', 100] }] } } }),
    lost: bus(Order, { pattern: { 'detail-type': [{ wildcard: 'Order*Lost' }] } }),
    copies: queue(bus(Order, { pattern: { source: ['shop'] } })),
  },
  setup: () => ({ events: new EventBridgeClient({}) }),
});
app.post('/orders', { body: Order, status: 202 }, async ({ body, deps, env }) => {
  const { Entries } = await deps.events.send(
    new PutEventsCommand({
      Entries: [
        { EventBusName: env.BUS_NAME, Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(body) },
      ],
    }),
  );
  return { id: Entries?.[0]?.EventId };
});
app.on('minutely', ({ records: [record], log }) => log.info(`minutely at ${record?.time.toISOString()}`));
app.on('nightly', ({ records: [record], log }) => log.info(`nightly at ${record?.time.toISOString()}`));
app.on('placed', ({ records, log }) => {
  for (const { id, detail } of records) log.info(`placed ${detail.order} as ${id}`);
});
app.on('lost', ({ records, log }) => {
  for (const { detail } of records) log.info(`lost ${detail.order}`);
});
app.on('copies', ({ records, log }) => {
  for (const { body } of records) log.info(`copied ${body.detail.order}`);
});
