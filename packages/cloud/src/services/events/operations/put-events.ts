import { InputReader } from '../../../core/input-reader.js';
import { parseJson } from '../../../core/json.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { type BusEvent, eventTime } from '../bus-event.js';
import { busArn, parseBusName } from '../bus-name.js';
import { busPolicy } from '../bus-store.js';
import { invalid, unsupported } from '../events-error.js';
import { eventsOperation, tagsAt } from '../service-state.js';

const MOST = 10;
/** Bytes of all entries of a request. */
const LARGEST = 262_144;
/** Bytes that a time counts for ("Calculating PutEvents event entry size"). */
const TIME = 14;

interface Entry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
  readonly bus: string | undefined;
  readonly resources: readonly string[];
  /** Epoch milliseconds. */
  readonly time: number | undefined;
}

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function readEntry(each: unknown): Entry {
  const input = new InputReader(each);
  return {
    source: input.text('Source') ?? '',
    detailType: input.text('DetailType') ?? '',
    detail: input.text('Detail') ?? '',
    bus: input.text('EventBusName'),
    resources: input.texts('Resources') ?? [],
    time: readTime(typeof each === 'object' && each !== null ? Reflect.get(each, 'Time') : undefined),
  };
}

/** Seconds since the epoch on the wire. */
function readTime(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'number' ? value * 1000 : new Date(String(value)).getTime();
  if (!Number.isFinite(time)) throw invalid(`Time of an entry is no time: ${String(value)}`);
  return time;
}

function sizeOf({ source, detailType, detail, resources, time }: Entry): number {
  const texts = [source, detailType, detail, ...resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), time === undefined ? 0 : TIME);
}

/** The event of an entry, or why it is none. */
function eventOf(entry: Entry, call: Call, now: number): BusEvent | Refusal {
  const { source, detailType, detail: text, resources, time = now } = entry;
  const missing = Object.entries({ Source: source, DetailType: detailType, Detail: text }).find(([, value]) => !value);
  if (missing) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.`,
    };
  }
  if (source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parseDetail(text);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    version: '0',
    id: randomId.uuid(),
    'detail-type': detailType,
    source,
    account: call.principal.account,
    time: eventTime(time),
    region: call.region,
    resources,
    detail,
  };
}

function parseDetail(text: string): object | undefined {
  try {
    const detail: unknown = parseJson(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

export const putEvents = eventsOperation({
  name: 'PutEvents',
  parse: (raw) => {
    const input = new InputReader(raw);
    if (input.has('EndpointId')) throw unsupported('EndpointId of PutEvents: there are no global endpoints');
    const entries = input.list('Entries') ?? [];
    if (entries.length < 1 || entries.length > MOST) {
      const bound = entries.length > MOST ? `less than or equal to ${MOST}` : 'greater than or equal to 1';
      throw invalid(
        `1 validation error detected: Value '${JSON.stringify(entries)}' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
      );
    }
    const read = entries.map(readEntry);
    if (read.reduce((sum, entry) => sum + sizeOf(entry), 0) > LARGEST) {
      throw invalid('Total size of the entries in the request is over the limit.');
    }
    return { entries: read };
  },
  access: (row) => [
    row({
      action: 'events:PutEvents',
      type: 'event-bus',
      on: ({ entries }, call, { bridge }) =>
        entries.map((entry) => {
          const name = parseBusName(entry.bus, call);
          const resourcePolicy = async () => {
            const bus = bridge.buses.find(name);
            return bus && busPolicy(bus);
          };
          return { resource: busArn(name), resourcePolicy, entry };
        }),
      keys: {
        'aws:ResourceTag/*': ({ target, state }) => tagsAt(target.resource, state),
        'events:source': ({ target }) => target.entry.source,
        'events:detail-type': ({ target }) => target.entry.detailType,
        'events:eventBusInvocation': () => 'false',
      },
    }),
  ],
  handle: async ({ entries }, call, { context, bridge }) => {
    const results = [];
    for (const entry of entries) {
      const event = eventOf(entry, call, context.now());
      if ('ErrorCode' in event) {
        results.push(event);
        continue;
      }
      await bridge.put(parseBusName(entry.bus, call), event);
      results.push({ EventId: event.id });
    }
    return { FailedEntryCount: results.filter((each) => 'ErrorCode' in each).length, Entries: results };
  },
});
