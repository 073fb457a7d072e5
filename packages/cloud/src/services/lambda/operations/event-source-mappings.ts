import { anything, requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import type { Input } from '../../../model/client-types.js';
import type { EventSourceMapping } from '../event-sources/event-source-mapping.js';
import {
  type Explain,
  newSettings,
  parseSettings,
  SETTINGS_LIMITS,
  withSettings,
} from '../event-sources/mapping-settings.js';
import type { SourceKind } from '../event-sources/source-kind.js';
import { sourceKindOf } from '../event-sources/source-kinds.js';
import { functionArn, parseFunctionName, parseReachableName } from '../functions/function-name.js';
import { invocationOf } from '../invocation/invoker.js';
import { conflict, invalidMarker, invalidParameter } from '../lambda-error.js';
import { anyAccess, type LambdaRow, type LambdaState, lambdaOperation } from '../service-state.js';
import { newTags } from '../tags.js';

/** @returns the mapping, with what Lambda saw when it looked at the source */
async function checked(mapping: EventSourceMapping, kind: SourceKind, state: LambdaState): Promise<EventSourceMapping> {
  const target = await invocationOf(state, parseFunctionName(mapping.functionArn, undefined, mapping));
  return kind.check(mapping, target, state);
}

const mappingAccess = <Input extends { readonly uuid: string }>(row: LambdaRow<Input>, action: string) =>
  row({
    action: `lambda:${action}`,
    type: 'eventsourcemapping',
    on: ({ uuid }, { account, region }) => ({
      resource: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
    }),
    keys: {
      'aws:ResourceTag/*': ({ input, call, state }) => state.sources.find(input.uuid, call)?.tags,
      'lambda:FunctionArn': ({ input, call, state }) => state.sources.find(input.uuid, call)?.functionArn,
    },
  });

/** The state in which an update leaves a mapping until it takes effect, which is at once here. */
function stateAfter(before: EventSourceMapping, after: EventSourceMapping): string {
  if (before.enabled === after.enabled) return 'Updating';
  return after.enabled ? 'Enabling' : 'Disabling';
}

const explainTo =
  ({ context }: LambdaState): Explain =>
  (message) =>
    context.emit({ kind: 'warning', time: context.now(), message });

const parseUuid = ({ UUID }: { readonly UUID: string }) => ({ uuid: UUID });

/** @throws AwsError InvalidParameterValueException for Kafka clusters of one's own, which have no ARN */
function sourceIn(input: Input<'lambda', 'CreateEventSourceMapping'>): string {
  if (input.EventSourceArn !== undefined) return input.EventSourceArn;
  throw invalidParameter(
    input.SelfManagedEventSource
      ? 'SelfManagedEventSource: the local cloud has event source mappings for SQS queues, Kinesis streams and streams of DynamoDB tables, and none for Kafka'
      : 'Unrecognized event source.',
  );
}

export const createEventSourceMapping = lambdaOperation({
  name: 'CreateEventSourceMapping',
  limits: SETTINGS_LIMITS,
  parse: (input, scope) => ({
    reference: parseReachableName(input.FunctionName, undefined, scope),
    eventSourceArn: sourceIn(input),
    tags: input.Tags ?? {},
    settings: parseSettings(input),
  }),
  access: (row) => [
    row({
      action: 'lambda:CreateEventSourceMapping',
      on: anything,
      keys: {
        ...requestTags(({ tags }) => tags),
        'lambda:FunctionArn': ({ input }) => functionArn(input.reference),
      },
    }),
  ],
  handle: async ({ reference, eventSourceArn, tags, settings }, call, state) => {
    const { context, functions, sources } = state;
    await functions.get(reference);
    const kind = sourceKindOf(eventSourceArn);
    const arn = functionArn(reference);
    const same = sources.list(call).find((each) => each.eventSourceArn === eventSourceArn && each.functionArn === arn);
    if (same) {
      throw conflict(
        `${kind.taken(eventSourceArn, reference.name)} Please update or delete the existing mapping with UUID ${same.uuid}`,
      );
    }
    const fresh: EventSourceMapping = {
      account: call.account,
      region: call.region,
      uuid: call.resourceId ?? randomId.uuid(),
      eventSourceArn,
      functionArn: arn,
      tags: newTags(tags, call),
      modified: context.now(),
      ...newSettings(settings, kind),
    };
    const mapping = await checked(withSettings(fresh, settings, kind, explainTo(state)), kind, state);
    await sources.put(mapping);
    return sources.describe(mapping, 'Creating');
  },
});

export const updateEventSourceMapping = lambdaOperation({
  name: 'UpdateEventSourceMapping',
  limits: SETTINGS_LIMITS,
  parse: (input, scope) => ({
    uuid: input.UUID,
    reference: input.FunctionName === undefined ? undefined : parseReachableName(input.FunctionName, undefined, scope),
    settings: parseSettings(input),
  }),
  access: (row) => [mappingAccess(row, 'UpdateEventSourceMapping')],
  handle: async ({ uuid, reference, settings }, call, state) => {
    const before = state.sources.get(uuid, call);
    const kind = sourceKindOf(before.eventSourceArn);
    const moved = {
      ...before,
      functionArn: reference === undefined ? before.functionArn : functionArn(reference),
      modified: state.context.now(),
    };
    const mapping = await checked(withSettings(moved, settings, kind, explainTo(state)), kind, state);
    await state.sources.put(mapping);
    return state.sources.describe(mapping, stateAfter(before, mapping));
  },
});

export const getEventSourceMapping = lambdaOperation({
  name: 'GetEventSourceMapping',
  parse: parseUuid,
  access: (row) => [mappingAccess(row, 'GetEventSourceMapping')],
  handle: ({ uuid }, call, { sources }) => sources.describe(sources.get(uuid, call)),
});

export const deleteEventSourceMapping = lambdaOperation({
  name: 'DeleteEventSourceMapping',
  parse: parseUuid,
  access: (row) => [mappingAccess(row, 'DeleteEventSourceMapping')],
  handle: async ({ uuid }, call, { sources }) => {
    const mapping = sources.get(uuid, call);
    const configuration = sources.describe(mapping, 'Deleting');
    await sources.delete(uuid);
    return configuration;
  },
});

export const listEventSourceMappings = lambdaOperation({
  name: 'ListEventSourceMappings',
  limits: { MaxItems: { min: 1, max: 10_000 } },
  parse: ({ FunctionName, ...list }, scope) => ({
    functionArn:
      FunctionName === undefined ? undefined : functionArn(parseFunctionName(FunctionName, undefined, scope)),
    ...list,
  }),
  access: (row) => [anyAccess(row, 'ListEventSourceMappings')],
  handle: ({ functionArn, EventSourceArn, MaxItems = 100, Marker }, call, { sources }) => {
    const mappings = sources
      .list(call)
      .filter((each) => EventSourceArn === undefined || each.eventSourceArn === EventSourceArn)
      .filter((each) => functionArn === undefined || each.functionArn === functionArn)
      .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
    const { items, next } = pageOf(mappings, {
      keyOf: ({ uuid }) => uuid,
      limit: MaxItems,
      token: Marker,
      of: ['ListEventSourceMappings', EventSourceArn, functionArn],
      refuse: invalidMarker,
    });
    return { EventSourceMappings: items.map((each) => sources.describe(each)), NextMarker: next };
  },
});
