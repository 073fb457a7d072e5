import { busEncoder, checkPattern } from '#parts/tooling';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import { hasShape, type Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { validated } from './content.js';
import { EventRefused } from './record-refused.js';
import type { BusSent } from './sent/bus.js';
import { newSource, onlyOne, type Pattern, type Source } from './source.js';
import { wholeBatch } from './whole-batch.js';

/** An event on a bus. */
export interface BusRecord<D = unknown> {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: D;
  readonly time: Date;
  readonly account: string;
  readonly region: string;
  /** ARNs of the resources that the event concerns. */
  readonly resources: readonly string[];
}

/** Which events of a bus reach the function. */
export interface BusOptions {
  /**
   * The events that reach the function, as an EventBridge event pattern.
   * @example { source: ['shop.orders'], 'detail-type': ['OrderPlaced'], detail: { total: [{ numeric: ['>', 100] }] } }
   */
  readonly pattern: Pattern;
}

/** "Events" of the EventBridge user guide. */
const BUS_EVENT = {
  id: 'string',
  source: 'string',
  'detail-type': 'string',
  time: 'time',
  account: 'string',
  region: 'string',
  'resources?': ['string'],
  detail: 'unknown',
} as const;

type BusEvent = Shaped<typeof BUS_EVENT>;

/** @throws EventRefused */
function busEvent(value: unknown): BusEvent {
  if (!hasShape(value, BUS_EVENT) || !('detail' in value)) throw new EventRefused('an EventBridge bus');
  return value;
}

async function decodeEvent(schema: Schema, event: BusEvent): Promise<BusRecord> {
  const { id, source, account, region, resources } = event;
  const detail = await validated(schema, event.detail);
  return {
    id,
    source,
    detailType: event['detail-type'],
    detail,
    time: new Date(event.time),
    account,
    region,
    resources: resources ?? [],
  };
}

const readBus =
  (schema: Schema): ReadBatch =>
  (given, log) => {
    const event = busEvent(given);
    return wholeBatch([{ id: event.id, decode: () => decodeEvent(schema, event) }], log);
  };

/**
 * The events of an EventBridge bus that match a pattern, with details of this schema. An event whose detail does not
 * match the schema fails the invocation.
 * @throws DeclarationError for an empty pattern, which EventBridge refuses
 * @example sources: { orders: bus(Order, { pattern: { source: ['shop.orders'] } }) }
 */
export function bus<D extends TypedSchema>(
  detail: D,
  options: BusOptions,
): Source<'bus', BusRecord<SchemaOutput<D>>, BusSent<SchemaInput<D>>> {
  const { pattern } = options;
  checkPattern(bus, pattern);
  const schema = detail as unknown as Schema;
  const encode = busEncoder(pattern);
  return newSource(
    'bus',
    { ...options, detail },
    {
      read: readBus(schema),
      event: encode && ((sent) => encode(onlyOne(sent))),
      carried: { decode: (value) => decodeEvent(schema, busEvent(value)), encode },
    },
  );
}
