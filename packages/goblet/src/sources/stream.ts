import { kinesisEvent } from '#parts/tooling';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import { notUtf8 } from '../errors/records.js';
import type { ReadBatch } from './batch.js';
import { decodeContent } from './content.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import type { StreamData, StreamSent } from './sent/stream.js';
import { newSource, type Source } from './source.js';
import type { StreamOptions } from './stream-options.js';
import { STREAM_ORDER, streamOptions, timeOf } from './stream-records.js';

type TypedData = TypedSchema | StringConstructor | Uint8ArrayConstructor;
type DataOf<D> = D extends StringConstructor
  ? string
  : D extends Uint8ArrayConstructor
    ? Uint8Array
    : D extends TypedSchema
      ? SchemaOutput<D>
      : never;
type DataSent<D> = D extends TypedSchema ? SchemaInput<D> : DataOf<D>;

/** A record of a Kinesis data stream. */
export interface StreamRecord<D = unknown> extends Returnable {
  /** Shard and sequence number. */
  readonly id: string;
  readonly data: D;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  /** When the stream received it. */
  readonly time: Date;
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
    throw new RecordRefused(notUtf8);
  }
}

function decodeData(data: StreamData, base64: string): unknown {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return data === Uint8Array ? bytes : decodeContent(data as Schema | StringConstructor, text(bytes));
}

const readStream =
  (data: StreamData): ReadBatch =>
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

/** The description of the data in the inventory. */
function dataOptions(data: StreamData): object {
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
  const declared = data as StreamData;
  return newSource(
    'stream',
    { ...streamOptions(stream, options), ...dataOptions(declared) },
    {
      read: readStream(declared),
      event: kinesisEvent(declared),
    },
  );
}
