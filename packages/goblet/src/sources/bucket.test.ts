import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { App, bucket } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, fixture, keeping } from './fixtures/source-fixtures.js';

function uploads(handle: (record: unknown) => void) {
  const app = new App('x', { logger: keeping().logger, sources: { uploads: bucket() } });
  app.on('uploads', ({ records }) => {
    for (const record of records) handle(record);
  });
  return lambdaHandler(app, 'uploads');
}

test('an object is told with its key decoded', async () => {
  const seen: unknown[] = [];
  await uploads((record) => seen.push(record))(fixture('bucket'), context);
  expect(seen).toEqual([
    {
      eventName: 'ObjectCreated:Put',
      time: new Date(0),
      region: 'us-west-2',
      bucket: 'amzn-s3-demo-bucket',
      key: 'café/red flower+1.jpg',
      size: 1024,
      eTag: 'd41d8cd98f00b204e9800998ecf8427e',
      versionId: '096fKKXTRTtl3on89fVO.nfljtsv6qko',
      sequencer: '0055AED6DCD90281E5',
    },
  ]);
});

test('an object that was removed has neither size nor version', async () => {
  const event = fixture('bucket');
  event.Records[0].eventName = 'ObjectRemoved:Delete';
  event.Records[0].s3.object = { key: 'a', sequencer: '1', versionId: null };
  const seen: unknown[] = [];
  await uploads((record) => seen.push(record))(event, context);
  expect(seen).toMatchObject([
    { eventName: 'ObjectRemoved:Delete', key: 'a', size: undefined, versionId: undefined, eTag: undefined },
  ]);
});

test('a key that is not encoded as S3 encodes keys fails the invocation', async () => {
  const event = fixture('bucket');
  event.Records[0].s3.object.key = '100%';
  await expect(uploads(() => expect.unreachable())(event, context)).rejects.toThrow('GOBLET_RECORD');
});

test('a handler that throws fails the invocation', async () => {
  const invocation = uploads(() => {
    throw new Error('why');
  })(fixture('bucket'), context);
  await expect(invocation).rejects.toThrow('why');
});

test.for([undefined, {}, { Records: [{ s3: {} }] }, { Records: [{ s3: { object: { key: 'a' } } }] }, fixture('topic')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    await expect(uploads(() => {})(event, context)).rejects.toThrow(
      'GOBLET_EVENT_SOURCE: the event is not one of an S3 bucket',
    );
  },
);

test('what the test client tells is what the handler gets, whatever the key', async () => {
  const app = new App('x', { sources: { uploads: bucket() } });
  let seen: unknown;
  app.on('uploads', ({ records }) => {
    seen = records.map(({ key, size, bucket }) => ({ key, size, bucket }));
  });
  await using client = testClient(app);
  const object = fc.record({
    key: fc.string({ unit: 'grapheme', minLength: 1 }),
    size: fc.nat(),
    bucket: fc.constantFrom('a', 'b'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 3 }), async (objects) => {
      await client.send('uploads', ...objects);
      expect(seen).toEqual(objects);
    }),
  );
});
