import type { Schema } from '../../definition.js';
import { encodeContent } from '../content.js';
import type { TestEvent } from '../source.js';

/** The data of a stream's records: JSON with a schema, text in UTF-8 (`String`), or bytes (`Uint8Array`). */
export type StreamData = Schema | StringConstructor | Uint8ArrayConstructor;

/** A record on the stream in a test. */
export interface StreamSent<D> {
  readonly data: D;
  /** @default 'test' */
  readonly partitionKey?: string;
}

function kinesisRecord(data: StreamData, sent: StreamSent<unknown>, at: number): object {
  const bytes =
    data === Uint8Array ? (sent.data as Uint8Array) : encodeContent(data as Schema | StringConstructor, sent.data);
  const sequenceNumber = String(at + 1);
  return {
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/test',
    awsRegion: 'eu-west-1',
    eventSourceARN: 'arn:aws:kinesis:eu-west-1:000000000000:stream/test',
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: sent.partitionKey ?? 'test',
      sequenceNumber,
      data: Buffer.from(bytes).toString('base64'),
      approximateArrivalTimestamp: Date.now() / 1000,
    },
  };
}

/** The event of a stream for records from a test. */
export function kinesisEvent(data: StreamData): TestEvent | undefined {
  return (sent) => ({ Records: sent.map((one, at) => kinesisRecord(data, one as StreamSent<unknown>, at)) });
}
