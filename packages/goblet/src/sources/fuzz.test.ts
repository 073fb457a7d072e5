import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { propertyRuns } from '../../../../tests/property-runs.js';
import {
  App,
  allow,
  authorizer,
  bucket,
  bus,
  queue,
  type Source,
  schedule,
  stream,
  tableStream,
  topic,
  websocket,
} from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { context, fixture } from './fixtures/source-fixtures.js';

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const anything = z.unknown();
const isTime = (value: unknown) => value instanceof Date && !Number.isNaN(value.getTime());
const text = z.string();
const textOrNone = z.string().optional();
const time = z.custom(isTime);
const attributes = z.record(z.string(), z.union([z.string(), z.instanceof(Uint8Array)]));
const s3Record = z.object({
  eventName: text,
  time,
  region: text,
  bucket: text,
  key: text,
  size: z.number().optional(),
  eTag: textOrNone,
  versionId: textOrNone,
  sequencer: textOrNone,
});
const notification = z.object({ id: text, message: text, subject: textOrNone, attributes, time, topicArn: text });
const busEvent = z.object({
  id: text,
  source: text,
  detailType: text,
  time,
  account: text,
  region: text,
  resources: z.array(text),
});
const message = z.object({
  id: text,
  attempts: z.int(),
  attributes,
  group: textOrNone,
});

/** Each source with an event of AWS and what its records are by their type. */
const SOURCES: Readonly<Record<string, readonly [Source, event: unknown, record: z.ZodType]>> = {
  queue: [queue(String), fixture('queue'), message.extend({ body: text })],
  fifo: [queue(String), fixture('fifo-queue'), message.extend({ body: text })],
  topicInQueue: [queue(topic(String)), queueOf(fixture('topic-in-queue')), message.extend({ body: notification })],
  bucketInQueue: [queue(bucket()), queueOf(fixture('bucket')), message.extend({ body: z.array(s3Record) })],
  topic: [topic(String), fixture('topic'), notification],
  bucket: [bucket(), fixture('bucket'), s3Record],
  bus: [bus(anything, { pattern: { source: ['aws.s3'] } }), fixture('bus'), busEvent],
  schedule: [schedule('rate(1 day)'), { ...fixture('bus'), time: '2026-01-01T00:00:00Z' }, z.object({ time })],
  stream: [
    stream(Uint8Array),
    fixture('stream'),
    z.object({ id: text, data: z.instanceof(Uint8Array), partitionKey: text, sequenceNumber: text, time }),
  ],
  table: [
    tableStream(anything),
    fixture('table-stream'),
    z.object({
      id: text,
      eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
      keys: z.record(z.string(), z.unknown()),
      expired: z.boolean(),
      sequenceNumber: text,
      time,
    }),
  ],
  connects: [websocket(String), fixture('websocket-connect'), connection('connect')],
  says: [websocket({ say: String }), fixture('websocket-message'), connection('message')],
  leaves: [websocket(String), fixture('websocket-disconnect'), connection('disconnect')],
};

function queueOf(body: unknown): unknown {
  const event = fixture('queue');
  event.Records = [{ ...event.Records[0], body: JSON.stringify(body) }];
  return event;
}

function connection(kind: string) {
  return z.object({
    kind: z.literal(kind),
    connectionId: text,
    connectedAt: time,
    stage: text,
    sourceIp: textOrNone,
    userAgent: textOrNone,
    id: textOrNone,
    code: z.number().optional(),
    reason: textOrNone,
  });
}

const seen: unknown[] = [];
const app = new App('fuzz', {
  logger: silent,
  sources: Object.fromEntries(Object.entries(SOURCES).map(([name, [source]]) => [name, source])),
  auth: {
    request: authorizer(() => allow('me'), { query: 'q' }),
    token: authorizer(() => allow('me'), { type: 'TOKEN' }),
  },
});
for (const name of Object.keys(SOURCES)) app.on(name, ({ records }) => void seen.push(...(records as unknown[])));

/** Every place of a JSON value, its root left out. */
function placesIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const at = [...above, name];
    return [at, ...placesIn((value as Json)[name], at)];
  });
}

function put(event: unknown, [name = '', ...rest]: Path, value: unknown): void {
  const holder = event as Json;
  if (rest.length) {
    if (Object(holder[name]) === holder[name]) put(holder[name], rest, value);
  } else if (value === undefined) delete holder[name];
  else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Values of every type, some that cannot become text. */
const wrong = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, 0, -7.5, true, '', 'text', '\ud800', [], [null], {}),
  fc.constantFrom<unknown[]>({ toString: 1, valueOf: 1 }, { endsWith: '.fifo' }, ['.fifo'], { length: -1 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const changed = (event: unknown) =>
  fc.array(fc.tuple(fc.constantFrom(...placesIn(event)), wrong), { minLength: 1, maxLength: 3 }).map((changes) => {
    const made = structuredClone(event);
    for (const [at, value] of changes) put(made, at, structuredClone(value));
    return JSON.parse(JSON.stringify(made)) as unknown;
  });

const coded = (error: unknown): void => {
  expect(String(error)).toMatch(/^(\w+: )?GOBLET_[A-Z_]+: /);
};

test.each(Object.entries(SOURCES))(
  'an event of %s whose members are of any type is read as its records are typed, or refused with a code',
  async (name, [, event, record]) => {
    const handler = lambdaHandler(app, name);
    await handler(structuredClone(event), context);
    expect(seen.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(changed(event), async (given) => {
        seen.length = 0;
        await handler(given, context).catch(coded);
        for (const one of seen) expect(record.safeParse(one).error).toBeUndefined();
      }),
      { numRuns: propertyRuns(500) },
    );
  },
);

test.each(Object.keys(SOURCES).concat('request', 'token'))(
  'any JSON at all is answered or refused with a code by %s',
  async (name) => {
    const handler = lambdaHandler(app, name);
    const events = fc.oneof(wrong, fc.record({ Records: fc.array(wrong, { maxLength: 2 }) }));
    await fc.assert(
      fc.asyncProperty(events, (given) =>
        handler(given === undefined ? undefined : JSON.parse(JSON.stringify(given)), context).then(
          () => undefined,
          coded,
        ),
      ),
    );
  },
);

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abcdef/test/GET/users';
const maps = {
  headers: { Authorization: 'x' },
  queryStringParameters: { q: 'x' },
  pathParameters: { id: '7' },
};

test.each([
  ['TOKEN', 'token', { type: 'TOKEN', authorizationToken: 'x', methodArn: ARN }],
  ['REQUEST', 'request', { type: 'REQUEST', methodArn: ARN, ...maps }],
  ['payload 1.0', 'request', { version: '1.0', type: 'REQUEST', methodArn: ARN, ...maps }],
  ['payload 2.0', 'request', { version: '2.0', type: 'REQUEST', routeArn: ARN, ...maps }],
])(
  'an authorizer event of %s whose members are of any type is answered, or refused with a code',
  async (_, name, event) => {
    const handler = lambdaHandler(app, name);
    await fc.assert(
      fc.asyncProperty(changed(event), (given) => handler(given, context).then(() => undefined, coded)),
      { numRuns: propertyRuns(500) },
    );
  },
);
