import { randomUUID } from 'node:crypto';
import { DeclarationError } from '../declare/declaration-error.js';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import { sourceLine } from '../declare/source-line.js';
import type { Schema } from '../definition.js';
import { hasShape, type Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { validated } from './content.js';
import { EventRefused } from './record-refused.js';
import { type Carried, newSource, onlyOne, type Pattern, type Source } from './source.js';
import { wholeBatch } from './whole-batch.js';

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

export interface BusOptions {
  /**
   * The events that reach the function, as an EventBridge event pattern.
   * @example { source: ['shop.orders'], 'detail-type': ['OrderPlaced'], detail: { total: [{ numeric: ['>', 100] }] } }
   */
  readonly pattern: Pattern;
}

/** An event on the bus in a test. */
export interface BusSent<D> {
  readonly detail: D;
  /** @default - the first source in the pattern, else 'test' */
  readonly source?: string;
  /** @default - the first detail type in the pattern, else 'test' */
  readonly detailType?: string;
  readonly resources?: readonly string[];
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

const firstOf = (values: unknown): string =>
  Array.isArray(values) && typeof values[0] === 'string' ? values[0] : 'test';

const eventOf = (pattern: Pattern, sent: BusSent<unknown>): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': sent.detailType ?? firstOf(pattern['detail-type']),
  source: sent.source ?? firstOf(pattern.source),
  account: '000000000000',
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'eu-west-1',
  resources: sent.resources ?? [],
  detail: sent.detail,
});

function encoder(pattern: Pattern): Carried['encode'] {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return (sent) => eventOf(pattern, sent as BusSent<unknown>);
}

/** @throws DeclarationError for an empty pattern, which EventBridge refuses */
function checkPattern(pattern: unknown): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  if (!Object.keys(pattern ?? {}).length)
    throw new DeclarationError(
      'GOBLET_BUS_PATTERN',
      "a bus needs a pattern with at least one field, such as { source: ['shop.orders'] }",
      sourceLine(bus),
    );
}

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
  checkPattern(pattern);
  const schema = detail as unknown as Schema;
  const encode = encoder(pattern);
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
