import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { App, stream } from 'goblet';
import * as z from 'zod';

const Click = z.object({ page: z.string() });

export const app = new App('streams', {
  env: { STREAM_NAME: String },
  sources: {
    clicks: stream(Click, { retryAttempts: 1, parallelizationFactor: 2 }),
    carts: stream(Click, { filters: [{ data: { page: ['cart'] } }] }),
  },
  setup: () => ({ kinesis: new KinesisClient({}) }),
});
app.post('/clicks', { body: Click, status: 201 }, async ({ body, deps, env }) => {
  const Data = Buffer.from(JSON.stringify(body));
  await deps.kinesis.send(new PutRecordCommand({ StreamName: env.STREAM_NAME, PartitionKey: body.page, Data }));
  return body;
});
app.on('clicks', ({ records, log }) => {
  for (const { data, partitionKey, fail } of records) {
    log.info(`click ${data.page} of ${partitionKey}`);
    if (data.page === 'poison') fail('on purpose');
  }
});
app.on('carts', ({ records, log }) => {
  for (const { data } of records) log.info(`bought ${data.page}`);
});
