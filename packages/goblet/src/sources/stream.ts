import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import type { ReadBatch } from './batch.js';
import { decodeContent, encodeContent } from './content.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import { newSource, type Source, type TestEvent } from './source.js';
import { STREAM_ORDER, type StreamOptions, streamOptions, timeOf } from './stream-options.js';

/** The data of a stream's records: JSON with a schema, text in UTF-8 (`String`), or bytes (`Uint8Array`). */
type Data = Schema | StringConstructor | Uint8ArrayConstructor;
type TypedData = TypedSchema | StringConstructor | Uint8ArrayConstructor;
type DataOf<D> = D extends StringConstructor
  ? string
  : D extends Uint8ArrayConstructor
    ? Uint8Array
    : D extends TypedSchema
      ? SchemaOutput<D>
      : never;
type DataSent<D> = D extends TypedSchema ? SchemaInput<D> : DataOf<D>;

export interface StreamRecord<D = unknown> extends Returnable {
  /** Shard and sequence number. */
  readonly id: string;
  readonly data: D;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  /** When the stream received it. */
  readonly time: Date;
}

/** A record on the stream in a test. */
export interface StreamSent<D> {
  readonly data: D;
  /** @default 'test' */
  readonly partitionKey?: string;
}

/** "Using Lambda with Amazon Kinesis Data Streams". */
const KINESIS_RECORD = {
  eventID: 'string',
  kinesis: {
    data: 'string',
    partitionKey: 'string',
    sequenceNumber: 'string',
    approximateArrivalTimestamp: 'number',
  },
} as const;

/** @throws RecordRefused for bytes that are not UTF-8 */
function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RecordRefused('not UTF-8; declare stream(Uint8Array) for other bytes');
  }
}

function decodeData(data: Data, base64: string): unknown {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return data === Uint8Array ? bytes : decodeContent(data as Schema | StringConstructor, text(bytes));
}

const readStream =
  (data: Data): ReadBatch =>
  (event, log) =>
    partialBatch(
      recordsOf(event, 'a Kinesis stream', KINESIS_RECORD).map(({ eventID, kinesis }) => ({
        id: kinesis.sequenceNumber,
        order: STREAM_ORDER,
        decode: async () => ({
          id: eventID,
          data: await decodeData(data, kinesis.data),
          partitionKey: kinesis.partitionKey,
          sequenceNumber: kinesis.sequenceNumber,
          time: timeOf(kinesis.approximateArrivalTimestamp),
        }),
      })),
      log,
    );

function kinesisRecord(data: Data, sent: StreamSent<unknown>, at: number): object {
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

function kinesisEvent(data: Data): TestEvent | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return (sent) => ({ Records: sent.map((one, at) => kinesisRecord(data, one as StreamSent<unknown>, at)) });
}

/** The description of the data in the inventory. */
function dataOptions(data: Data): object {
  if (data === String) return { text: true };
  return data === Uint8Array ? { bytes: true } : { data };
}

/**
 * A Kinesis data stream. Its data is JSON with a schema, text (`String`), or bytes (`Uint8Array`). Records that the
 * Kinesis Producer Library has aggregated are not split.
 *
 * A record that does not match is logged and returned with the records behind it: Lambda continues from there until the
 * record is accepted, given up, or expired.
 * @throws DeclarationError for options that Lambda does not accept
 * @example sources: { clicks: stream(Click, { parallelizationFactor: 2 }) }
 */
export function stream<D extends TypedData>(
  data: D,
  options?: StreamOptions,
): Source<'stream', StreamRecord<DataOf<D>>, StreamSent<DataSent<D>>> {
  const declared = data as Data;
  return newSource(
    'stream',
    { ...streamOptions(stream, options), ...dataOptions(declared) },
    {
      read: readStream(declared),
      event: kinesisEvent(declared),
    },
  );
}
