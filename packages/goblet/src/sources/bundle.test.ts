import { expect, test } from 'vitest';
import * as z from 'zod';
import type { AnyApp } from '../declare/app-types.js';
import { bundled } from '../fixtures/bundled.js';
import { App, bucket, bus, queue, stream, tableStream, topic, websocket } from '../index.js';
import { context, failures, fixture } from './fixtures/source-fixtures.js';

/** Text that only the reader of a kind has. */
const MARKS = {
  queue: 'an SQS queue',
  topic: 'an SNS topic',
  bucket: 'an S3 bucket',
  bus: 'an EventBridge bus',
  tableStream: 'a DynamoDB stream',
  stream: 'a Kinesis stream',
  websocket: 'a WebSocket API',
};

/** A schema that takes anything, as the entry writes it. */
const ANY = "{ '~standard': { version: 1, vendor: 'any', validate: (value) => ({ value }) } }";

const declared = {
  queue: [queue(z.unknown()), `queue(${ANY})`],
  topic: [topic(z.unknown()), `topic(${ANY})`],
  bucket: [bucket(), 'bucket()'],
  bus: [bus(z.unknown(), { pattern: { source: ['a'] } }), `bus(${ANY}, { pattern: { source: ['a'] } })`],
  tableStream: [tableStream(z.unknown()), `tableStream(${ANY})`],
  stream: [stream(z.unknown()), `stream(${ANY})`],
  websocket: [websocket(z.unknown()), `websocket(${ANY})`],
} as const;
type Kind = keyof typeof declared;

async function functionOf(kind: Kind): Promise<string> {
  const [source, written] = declared[kind];
  const app = new App('x', { sources: { it: source } });
  app.on('it', () => {});
  const code = `import { App, ${kind} } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
    const app = new App('x', { sources: { it: ${written} } });
    app.on('it', ({ records }) => { globalThis.seen = records.length; });
    export const it = lambdaHandler(app, 'it');`;
  return Buffer.from(await bundled(app, code)).toString();
}

test.for(Object.keys(MARKS) as Kind[])(
  'a function of a %s has its reader, no other, and no events for tests',
  async (kind) => {
    const code = await functionOf(kind);
    const found = Object.entries(MARKS).filter(([, mark]) => code.includes(mark));
    expect(found.map(([name]) => name)).toEqual([kind]);
    expect(code).not.toContain('000000000000');
  },
);

test('what signs requests to connections is in functions of a websocket alone', async () => {
  expect(await functionOf('websocket')).toContain('AWS4-HMAC-SHA256');
  expect(await functionOf('queue')).not.toContain('AWS4-HMAC-SHA256');
});

test('a function of routes has no reader', async () => {
  const app: AnyApp = new App('x');
  const code = Buffer.from(
    await bundled(
      app,
      `import { App } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
       const app = new App('x'); app.get('/', () => 1);
       export const APIHandler = lambdaHandler(app, 'APIHandler');`,
    ),
  ).toString();
  expect(Object.values(MARKS).filter((mark) => code.includes(mark))).toEqual([]);
  expect(code).not.toContain('batchItemFailures');
});

test('what is left out of a function of a source is not missed', async () => {
  const code = Buffer.from(await functionOf('tableStream')).toString('base64');
  const { it } = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
  expect(await it(fixture('table-stream'), context)).toEqual(failures());
  expect(Reflect.get(globalThis, 'seen')).toBe(3);
});
