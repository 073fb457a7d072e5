import { cbor, tag } from '@smithy/core/cbor';
import { expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../core/http.js';
import { AMZ_CBOR, cborProtocol, RPC_V2_CBOR } from './cbor.js';

const protocol = cborProtocol('kinesis', AMZ_CBOR);

const asked = (operation: string, body: Uint8Array): HttpRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: [
    ['content-type', 'application/x-amz-cbor-1.1'],
    ['x-amz-target', `Kinesis_20131202.${operation}`],
  ],
  body,
  sourceIp: '127.0.0.1',
  signal: new AbortController().signal,
});

const bytesOf = ({ body }: HttpResponse): Buffer => {
  if (!(body instanceof Uint8Array)) throw new Error('no bytes');
  return Buffer.from(body);
};

test("timestamps of AWS's older CBOR are whole milliseconds with the tag of dates", () => {
  const Timestamp = new Date(1_700_000_000_123);
  const body = cbor.serialize({ Timestamp: tag({ tag: 1, value: Timestamp.getTime() }) });
  expect(protocol.decode(asked('GetShardIterator', body)).input).toEqual({ Timestamp });
  const output = { Records: [], StreamDescription: { StreamCreationTimestamp: Timestamp } };
  const written = bytesOf(protocol.encode('DescribeStream', output, 'r', asked('DescribeStream', body)));
  const at = written.indexOf('StreamCreationTimestamp') + 'StreamCreationTimestamp'.length;
  // 0xc1: the tag 1. 0x1b: an integer of eight bytes.
  expect(written.subarray(at, at + 2).toString('hex')).toBe('c11b');
});

test('bytes are bytes, and not text in base64', () => {
  const Data = Uint8Array.of(1, 255);
  const request = asked('PutRecord', cbor.serialize({ Data, PartitionKey: 'a' }));
  expect(protocol.decode(request)).toEqual({ operation: 'PutRecord', input: { Data, PartitionKey: 'a' } });
  const answer = bytesOf(protocol.encode('GetRecords', { Records: [{ Data }] }, 'r', request));
  expect(Uint8Array.from(cbor.deserialize(answer).Records[0].Data)).toEqual(Data);
});

test('members without a value are left out, also of structures that are text alone', () => {
  const metrics = cborProtocol('cloudwatch', RPC_V2_CBOR);
  const output = { Metrics: [{ Namespace: 'app', MetricName: undefined }], NextToken: undefined };
  const answer = bytesOf(metrics.encode('ListMetrics', output, 'r', asked('ListMetrics', new Uint8Array())));
  expect(cbor.deserialize(answer)).toEqual({ Metrics: [{ Namespace: 'app' }] });
});

test('an error is a map with its type', () => {
  const request = asked('PutRecord', new Uint8Array());
  const answer = protocol.encodeError(new Error('odd'), 'r', request);
  expect(answer.status).toBe(500);
  expect(cbor.deserialize(bytesOf(answer))).toEqual({
    __type: 'InternalFailure',
    message: 'The local cloud failed: odd',
  });
});

test.each([
  ['no CBOR', Uint8Array.of(0xff, 0xff)],
  ['less than it says', Uint8Array.of(0xbf, 0x64, 0x44)],
  ['no map', cbor.serialize([1])],
  ['a list of more items than there are', Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)],
  ['lists in lists in lists', new Uint8Array(1_000_000).fill(0x81)],
  ['text where bytes are due', cbor.serialize({ Data: 'text' })],
])('a body that is %s is a SerializationException', (_, body) => {
  expect(() => protocol.decode(asked('PutRecord', body))).toThrow(
    expect.objectContaining({ code: 'SerializationException' }),
  );
});
