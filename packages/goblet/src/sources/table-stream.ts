import { randomUUID } from 'node:crypto';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import type { Shaped } from '../lambda/event-shape.js';
import { decodeItem, encodeItem, type Item } from './attribute-value.js';
import type { ReadBatch } from './batch.js';
import { validated } from './content.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import { newSource, type Source, type TestEvent } from './source.js';
import { STREAM_ORDER, type StreamOptions, streamOptions, timeOf } from './stream-options.js';

export type StreamView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

type NewImage<V, I> = V extends 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' ? I : undefined;
type OldImage<V, I> = V extends 'NEW_AND_OLD_IMAGES' | 'OLD_IMAGE' ? I : undefined;

interface Change extends Returnable {
  readonly id: string;
  readonly keys: Item;
  readonly sequenceNumber: string;
  /** When it was written, to the second. */
  readonly time: Date;
}

/** One change of an item, with the images that the table's stream carries. */
export type TableStreamRecord<I = unknown, V extends StreamView = 'NEW_AND_OLD_IMAGES'> =
  | (Change & {
      readonly eventName: 'INSERT';
      readonly newImage: NewImage<V, I>;
      readonly oldImage: undefined;
      readonly expired: false;
    })
  | (Change & {
      readonly eventName: 'MODIFY';
      readonly newImage: NewImage<V, I>;
      readonly oldImage: OldImage<V, I>;
      readonly expired: false;
    })
  | (Change & {
      readonly eventName: 'REMOVE';
      readonly newImage: undefined;
      readonly oldImage: OldImage<V, I>;
      /** True if time to live removed the item. */
      readonly expired: boolean;
    });

export interface TableStreamOptions<V extends StreamView = StreamView> extends StreamOptions {
  /**
   * The view type of the table's stream; if the table has another one, every record is refused.
   * @default 'NEW_AND_OLD_IMAGES'
   */
  readonly view?: V;
}

/** A change for a test: an INSERT with only a new image, a REMOVE with only an old image, else a MODIFY. */
export interface TableStreamSent<I> {
  readonly newImage?: I;
  readonly oldImage?: I;
  /** @default - none */
  readonly keys?: Item;
  /**
   * True if time to live removed the item.
   * @default false
   */
  readonly expired?: boolean;
}

const ATTRIBUTE_VALUES = { '*': 'unknown' } as const;

/** "Using Lambda with Amazon DynamoDB"; for expired items the DynamoDB developer guide, "DynamoDB Streams and TTL". */
const DYNAMODB_RECORD = {
  eventID: 'string',
  eventName: 'string',
  dynamodb: {
    ApproximateCreationDateTime: 'number',
    'Keys?': ATTRIBUTE_VALUES,
    'NewImage?': ATTRIBUTE_VALUES,
    'OldImage?': ATTRIBUTE_VALUES,
    SequenceNumber: 'string',
  },
  'userIdentity?': { 'type?': 'string', 'principalId?': 'string' },
} as const;

const EVENT_NAMES = ['INSERT', 'MODIFY', 'REMOVE'];

/** The images of a change, according to the stream's view type. */
const hasNew = (name: string, view: StreamView) =>
  name !== 'REMOVE' && (view === 'NEW_AND_OLD_IMAGES' || view === 'NEW_IMAGE');
const hasOld = (name: string, view: StreamView) =>
  name !== 'INSERT' && (view === 'NEW_AND_OLD_IMAGES' || view === 'OLD_IMAGE');

async function decodeImage(
  schema: Schema,
  image: Shaped<typeof ATTRIBUTE_VALUES> | null | undefined,
  member: string,
): Promise<unknown> {
  if (!image) throw new RecordRefused(`there is no ${member}; give tableStream the view of the table's stream`);
  return validated(schema, decodeItem(image));
}

async function decodeRecord(schema: Schema, view: StreamView, record: Shaped<typeof DYNAMODB_RECORD>): Promise<object> {
  const { eventID: id, eventName, dynamodb, userIdentity } = record;
  if (!EVENT_NAMES.includes(eventName)) throw new RecordRefused(`${eventName} is not a change of an item`);
  const { NewImage, OldImage } = dynamodb;
  return {
    id,
    eventName,
    keys: decodeItem(dynamodb.Keys ?? {}),
    newImage: hasNew(eventName, view) ? await decodeImage(schema, NewImage, 'NewImage') : undefined,
    oldImage: hasOld(eventName, view) ? await decodeImage(schema, OldImage, 'OldImage') : undefined,
    expired: userIdentity?.type === 'Service' && userIdentity.principalId === 'dynamodb.amazonaws.com',
    sequenceNumber: dynamodb.SequenceNumber,
    time: timeOf(dynamodb.ApproximateCreationDateTime),
  };
}

const readTableStream =
  (schema: Schema, view: StreamView): ReadBatch =>
  (event, log) =>
    partialBatch(
      recordsOf(event, 'a DynamoDB stream', DYNAMODB_RECORD).map((record) => ({
        id: record.dynamodb.SequenceNumber,
        order: STREAM_ORDER,
        decode: () => decodeRecord(schema, view, record),
      })),
      log,
    );

function dynamoDbRecord(sent: TableStreamSent<object>, view: StreamView, at: number): object {
  const { newImage, oldImage, keys = {}, expired } = sent;
  const eventName = oldImage === undefined ? 'INSERT' : newImage === undefined ? 'REMOVE' : 'MODIFY';
  return {
    eventID: randomUUID(),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    eventName,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: encodeItem(keys),
      ...(hasNew(eventName, view) && newImage && { NewImage: encodeItem(newImage) }),
      ...(hasOld(eventName, view) && oldImage && { OldImage: encodeItem(oldImage) }),
      SequenceNumber: String(at + 1),
      StreamViewType: view,
    },
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:000000000000:table/test/stream/2026-01-01T00:00:00.000',
  };
}

function dynamoDbEvent(view: StreamView): TestEvent | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return (sent) => ({ Records: sent.map((one, at) => dynamoDbRecord(one as TableStreamSent<object>, view, at)) });
}

/**
 * The stream of a DynamoDB table, with images of this schema. Their contents are JavaScript values, and numbers lose no
 * digits.
 *
 * A record that does not match is logged and returned with the records behind it: Lambda continues from there until the
 * record is accepted, given up, or expired.
 * @throws DeclarationError for options that Lambda does not accept
 * @example sources: { changes: tableStream(User, { retryAttempts: 3 }) }
 */
export function tableStream<I extends TypedSchema, const V extends StreamView = 'NEW_AND_OLD_IMAGES'>(
  image: I,
  options?: TableStreamOptions<V>,
): Source<'tableStream', TableStreamRecord<SchemaOutput<I>, V>, TableStreamSent<SchemaInput<I>>> {
  const schema = image as unknown as Schema;
  const view = options?.view ?? 'NEW_AND_OLD_IMAGES';
  return newSource(
    'tableStream',
    { view, ...streamOptions(tableStream, options), image },
    {
      read: readTableStream(schema, view),
      event: dynamoDbEvent(view),
    },
  );
}
