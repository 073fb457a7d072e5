import { dynamoDbEvent } from '#parts/tooling';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import { noImage, notChange } from '../errors/records.js';
import type { Shaped } from '../lambda/event-shape.js';
import { decodeItem, type Item } from './attribute-value.js';
import type { ReadBatch } from './batch.js';
import { validated } from './content.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import type { TableStreamSent } from './sent/table-stream.js';
import { newSource, type Source } from './source.js';
import type { StreamOptions } from './stream-options.js';
import { STREAM_ORDER, streamOptions, timeOf } from './stream-records.js';
import { hasNew, hasOld, type StreamView } from './stream-view.js';

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

/** How Lambda reads a table's stream. */
export interface TableStreamOptions<V extends StreamView = StreamView> extends StreamOptions {
  /**
   * The view type of the table's stream; if the table has another one, every record is refused.
   * @default 'NEW_AND_OLD_IMAGES'
   */
  readonly view?: V;
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

async function decodeImage(
  schema: Schema,
  image: Shaped<typeof ATTRIBUTE_VALUES> | null | undefined,
  member: string,
): Promise<unknown> {
  if (!image) throw new RecordRefused(noImage(member));
  return validated(schema, decodeItem(image));
}

async function decodeRecord(schema: Schema, view: StreamView, record: Shaped<typeof DYNAMODB_RECORD>): Promise<object> {
  const { eventID: id, eventName, dynamodb, userIdentity } = record;
  if (!EVENT_NAMES.includes(eventName)) throw new RecordRefused(notChange(eventName));
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
