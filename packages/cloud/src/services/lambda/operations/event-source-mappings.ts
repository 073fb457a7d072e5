import { anything, requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { type EventSourceMapping, mappingConfiguration } from '../event-sources/event-source-mapping.js';
import { newSettings, readSettings, withSettings } from '../event-sources/mapping-settings.js';
import type { SourceKind } from '../event-sources/source-kind.js';
import { sourceKindOf } from '../event-sources/source-kinds.js';
import { functionArn, parseFunctionName } from '../function-name.js';
import { invalidParameter } from '../invalid-parameter.js';
import { invocationOf } from '../invocation-request.js';
import { anyAccess, type LambdaRow, type LambdaState, lambdaOperation } from '../service-state.js';
import { readTags } from '../tags.js';

const PATH = '/2015-03-31/event-source-mappings';
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

function readUuid(raw: unknown) {
  const input = new InputReader(raw);
  const uuid = input.requiredText('UUID');
  input.check();
  return { uuid };
}

/** @throws AwsError InvalidParameterValueException for Kafka clusters of one's own, which have no ARN */
function sourceIn(input: InputReader): string {
  if (input.text('EventSourceArn') === undefined && input.has('SelfManagedEventSource')) {
    throw invalidParameter(
      'SelfManagedEventSource: the local cloud has event source mappings for SQS queues and streams of DynamoDB tables, and none for Kafka',
    );
  }
  return input.requiredText('EventSourceArn');
}

export const createEventSourceMapping = lambdaOperation({
  name: 'CreateEventSourceMapping',
  http: { method: 'POST', path: PATH, status: 202 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      eventSourceArn: sourceIn(input),
      tags: readTags(input.textMap('Tags')),
      settings: readSettings(input),
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    row({
      action: 'lambda:CreateEventSourceMapping',
      on: anything,
      keys: {
        ...requestTags(({ tags }) => tags),
        'lambda:FunctionArn': ({ input, call }) => functionArn(parseFunctionName(input.functionName, undefined, call)),
      },
    }),
  ],
  handle: async ({ functionName, eventSourceArn, tags, settings }, call, state) => {
    const { context, functions, sources } = state;
    const reference = parseFunctionName(functionName, undefined, call);
    await functions.get(reference);
    const kind = sourceKindOf(eventSourceArn);
    const arn = functionArn(reference);
    const same = sources.list(call).find((each) => each.eventSourceArn === eventSourceArn && each.functionArn === arn);
    if (same) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with ${kind.name} arn ("${eventSourceArn}") and function ("${reference.name}") already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
        409,
        { Type: 'User' },
      );
    }
    const fresh: EventSourceMapping = {
      account: call.account,
      region: call.region,
      uuid: call.resourceId ?? randomId.uuid(),
      eventSourceArn,
      functionArn: arn,
      tags,
      modified: context.now(),
      ...newSettings(settings, kind),
    };
    const mapping = await checked(withSettings(fresh, settings, kind), kind, state);
    await sources.put(mapping);
    return mappingConfiguration(mapping);
  },
});

export const updateEventSourceMapping = lambdaOperation({
  name: 'UpdateEventSourceMapping',
  http: { method: 'PUT', path: `${PATH}/{UUID}`, status: 202 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      uuid: input.requiredText('UUID'),
      functionName: input.text('FunctionName'),
      settings: readSettings(input),
    };
    input.check();
    return parsed;
  },
  access: (row) => [mappingAccess(row, 'UpdateEventSourceMapping')],
  handle: async ({ uuid, functionName, settings }, call, state) => {
    const before = state.sources.get(uuid, call);
    const arn =
      functionName === undefined ? before.functionArn : functionArn(parseFunctionName(functionName, undefined, call));
    const kind = sourceKindOf(before.eventSourceArn);
    const moved = { ...before, functionArn: arn, modified: state.context.now() };
    if (settings.members.includes('StartingPosition')) {
      throw invalidParameter('StartingPosition cannot be changed of an event source mapping');
    }
    const mapping = await checked(withSettings(moved, settings, kind), kind, state);
    await state.sources.put(mapping);
    return mappingConfiguration(mapping);
  },
});

export const getEventSourceMapping = lambdaOperation({
  name: 'GetEventSourceMapping',
  http: { method: 'GET', path: `${PATH}/{UUID}` },
  parse: readUuid,
  access: (row) => [mappingAccess(row, 'GetEventSourceMapping')],
  handle: ({ uuid }, call, { sources }) => mappingConfiguration(sources.get(uuid, call)),
});

export const deleteEventSourceMapping = lambdaOperation({
  name: 'DeleteEventSourceMapping',
  http: { method: 'DELETE', path: `${PATH}/{UUID}`, status: 202 },
  parse: readUuid,
  access: (row) => [mappingAccess(row, 'DeleteEventSourceMapping')],
  handle: async ({ uuid }, call, { sources }) => {
    const mapping = sources.get(uuid, call);
    await sources.delete(uuid);
    return mappingConfiguration(mapping, 'Deleting');
  },
});

export const listEventSourceMappings = lambdaOperation({
  name: 'ListEventSourceMappings',
  http: {
    method: 'GET',
    path: PATH,
    query: { EventSourceArn: 'EventSourceArn', FunctionName: 'FunctionName', MaxItems: 'MaxItems', Marker: 'Marker' },
  },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      eventSourceArn: input.text('EventSourceArn'),
      functionName: input.text('FunctionName'),
      limit: input.integer('MaxItems', { min: 1, max: 10_000 }) ?? 100,
      after: input.text('Marker') ?? '',
    };
    input.check();
    return parsed;
  },
  access: (row) => [anyAccess(row, 'ListEventSourceMappings')],
  handle: ({ eventSourceArn, functionName, limit, after }, call, { sources }) => {
    const arn = functionName === undefined ? undefined : functionArn(parseFunctionName(functionName, undefined, call));
    const found = sources
      .list(call)
      .filter((each) => eventSourceArn === undefined || each.eventSourceArn === eventSourceArn)
      .filter((each) => arn === undefined || each.functionArn === arn)
      .filter(({ uuid }) => uuid > after)
      .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
    const page = found.slice(0, limit);
    return {
      EventSourceMappings: page.map((each) => mappingConfiguration(each)),
      ...(found.length > limit && { NextMarker: page.at(-1)?.uuid }),
    };
  },
});
