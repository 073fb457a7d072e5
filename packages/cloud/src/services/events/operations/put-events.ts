import { parseJson } from '../../../core/json.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { Input } from '../../../model/client-types.js';
import { tagsAt } from '../access.js';
import { type BusEvent, eventTime } from '../buses/bus-event.js';
import { type BusName, busArn, DEFAULT_BUS, parseBusName } from '../buses/bus-name.js';
import { busPolicy } from '../buses/bus-policy.js';
import { invalid, unsupported } from '../events-error.js';
import { eventsOperation } from '../service-state.js';

const MAX_ENTRIES = 10;
/** Bytes of all entries of a request. */
const LARGEST = 262_144;
/** Bytes that a time counts for ("Calculating PutEvents event entry size"). */
const TIME = 14;

type Entry = Input<'events', 'PutEvents'>['Entries'][number];

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function sizeOf({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : TIME);
}

/** The service that puts its own events, of a source such as `aws.s3`, on the default bus; AWS asks no policy then. */
const isOfAws = ({ Source = '' }: Entry, { name }: BusName, { principal }: Call): boolean =>
  principal.kind === 'service' && Source.startsWith('aws.') && name === DEFAULT_BUS;

/** The event of an entry, or why it is none. */
function eventOf(entry: Entry, bus: BusName, call: Call, now: number): BusEvent | Refusal {
  const {
    Source: source = '',
    DetailType: detailType = '',
    Detail: text = '',
    Resources: resources = [],
    Time,
  } = entry;
  const missing = Object.entries({ Source: source, DetailType: detailType, Detail: text }).find(([, value]) => !value);
  if (missing) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.`,
    };
  }
  if (source.startsWith('aws.') && !isOfAws(entry, bus, call)) {
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
    time: eventTime(Time?.getTime() ?? now),
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
  limits: { Entries: { min: 1, max: MAX_ENTRIES } },
  parse: ({ Entries, EndpointId }, scope) => {
    if (EndpointId !== undefined) throw unsupported('EndpointId of PutEvents: there are no global endpoints');
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LARGEST) {
      throw invalid('Total size of the entries in the request is over the limit.');
    }
    return { entries: Entries.map((entry) => ({ entry, bus: parseBusName(entry.EventBusName, scope) })) };
  },
  access: (row) => [
    row({
      action: 'events:PutEvents',
      type: 'event-bus',
      on: ({ entries }, call, { bridge }) =>
        entries
          .filter(({ entry, bus }) => !isOfAws(entry, bus, call))
          .map(({ entry, bus }) => {
            const resourcePolicy = async () => {
              const record = bridge.buses.find(bus);
              return record && busPolicy(record);
            };
            return { resource: busArn(bus), resourcePolicy, entry };
          }),
      keys: {
        'aws:ResourceTag/*': ({ target, state }) => tagsAt(target.resource, state),
        'events:source': ({ target }) => target.entry.Source,
        'events:detail-type': ({ target }) => target.entry.DetailType,
        'events:eventBusInvocation': () => 'false',
      },
    }),
  ],
  handle: async ({ entries }, call, { context, bridge }) => {
    const results: (Refusal | { readonly EventId: string })[] = [];
    for (const { entry, bus } of entries) {
      const event = eventOf(entry, bus, call, context.now());
      if ('ErrorCode' in event) {
        results.push(event);
        continue;
      }
      await bridge.put(bus, event, { trace: entry.TraceHeader ?? call.request?.traceId });
      results.push({ EventId: event.id });
    }
    return { FailedEntryCount: results.filter((each) => 'ErrorCode' in each).length, Entries: results };
  },
});
