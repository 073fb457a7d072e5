// Every kind of source: what its handler sees, and what a test sends.
import { App, bucket, bus, lambda, queue, reply, schedule, stream, tableStream, topic, websocket } from 'goblet';
import { testClient } from 'goblet/testing';
import * as v from 'valibot';
import * as z from 'zod';

const Order = z.object({ id: z.string(), placed: z.iso.datetime().transform((text) => new Date(text)) });

export const app = new App('sources', {
  sources: {
    jobs: queue(Order, { maxConcurrency: 2 }),
    lines: queue(String),
    fanned: queue(topic(Order)),
    told: queue(bucket()),
    routed: queue(bus(Order, { pattern: { source: ['shop'] } })),
    placed: topic(v.object({ id: v.string() })),
    alarms: topic(String),
    uploads: bucket({ events: ['s3:ObjectCreated:*'], prefix: 'in/' }),
    shipped: bus(Order, { pattern: { 'detail-type': ['Shipped'] } }),
    clicks: stream(Order, { startingPosition: 'LATEST' }),
    bytes: stream(Uint8Array),
    changes: tableStream(Order),
    removals: tableStream(Order, { view: 'OLD_IMAGE' }),
    nightly: schedule('rate(1 day)'),
    double: lambda(),
    chat: websocket({ place: Order, note: String, $default: v.object({ ping: v.number() }) }),
    echo: websocket(Order),
  },
});

app.on('jobs', ({ records }) => {
  for (const { body, group, attributes, failed, fail } of records) {
    if (failed || attributes.kind instanceof Uint8Array) fail(`${body.id} of ${group ?? 'no group'}`);
    body.placed.getTime();
  }
});
app.on('lines', ({ records }) => records.map(({ body }) => body.toUpperCase()));
app.on('fanned', ({ records }) => records.map(({ body }) => body.message.placed.getTime()));
app.on('told', ({ records }) => records.flatMap(({ body }) => body.map(({ key }) => key.length)));
app.on('routed', ({ records }) => records.map(({ body }) => body.detail.placed.getTime()));
app.on('placed', ({ records }) => records.map(({ message, subject }) => message.id + (subject ?? '')));
app.on('alarms', ({ records }) => records.map(({ message }) => message.toUpperCase()));
app.on('uploads', ({ records }) => records.map(({ key, size, time }) => [key.length, (size ?? 0) + time.getTime()]));
app.on('shipped', ({ records: [event] }) => event?.detail.placed.getTime());
app.on('clicks', ({ records }) => records.map(({ data, partitionKey }) => partitionKey + data.id));
app.on('bytes', ({ records }) => records.map(({ data }) => data.byteLength));
app.on('changes', ({ records }) => {
  for (const record of records) {
    if (record.eventName === 'INSERT') record.newImage.placed.getTime();
    else if (record.eventName === 'MODIFY') record.oldImage.id.localeCompare(record.newImage.id);
    else if (record.expired) record.oldImage.id.toUpperCase();
  }
});
app.on('removals', ({ records }) => {
  for (const record of records) {
    const none: undefined = record.newImage;
    if (record.eventName === 'REMOVE') record.oldImage.id.toUpperCase();
    record.fail(none);
  }
});
app.on('nightly', ({ records: [{ time }] }) => time.getTime());
app.on('chat', async ({ records: [event] }) => {
  if (event.kind === 'connect') return event.query.token === undefined ? reply(401) : undefined;
  if (event.kind === 'disconnect') return event.reason?.toUpperCase();
  if (event.routeKey === 'place') event.body.placed.getTime();
  else if (event.routeKey === 'note') event.body.toUpperCase();
  else event.body.ping.toFixed();
  return event.connections.send(event.connectionId, { seen: event.routeKey });
});
app.on('echo', ({ records: [event] }) => {
  if (event.kind === 'message') event.body.placed.getTime();
});

export const test = async (): Promise<void> => {
  await using client = testClient(app);
  const order = { id: 'a', placed: '2026-01-02T03:04:05Z' };
  await client.send('jobs', order, order);
  await client.send('fanned', { message: order, subject: 's' });
  await client.send('told', { key: 'a b' });
  await client.send('placed', { message: { id: 'a' }, attributes: { kind: 'x' } });
  await client.send('uploads', { key: 'a', eventName: 'ObjectRemoved:Delete' });
  await client.send('shipped', { detail: order, source: 'shop' });
  await client.send('clicks', { data: order, partitionKey: '1' });
  await client.send('bytes', { data: new Uint8Array() });
  await client.send('changes', { newImage: order }, { oldImage: order, expired: true });
  await client.send('nightly', new Date());
  await client.send('chat', { kind: 'connect', query: { token: 't' }, connectionId: 'a' });
  await client.send('chat', { kind: 'message', routeKey: 'place', body: order });
  await client.send('chat', { kind: 'message', routeKey: 'note', body: 'text' });
  await client.send('echo', { kind: 'message', body: order });
  await client.send('echo', { kind: 'disconnect', code: 1001 });
  for (const { connectionId } of client.posted) client.gone.add(connectionId);
};
