import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import type { Access, Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { isFifo, parseQueueArn, type QueueName } from '../../sqs/queue-name.js';
import { type EventSourceMapping, mappingConfiguration } from '../event-sources/event-source-mapping.js';
import { QueueClient } from '../event-sources/queue-client.js';
import { queueFilter } from '../event-sources/queue-filter.js';
import { readerOf } from '../event-sources/queue-poller.js';
import { functionArn, parseFunctionName } from '../function-name.js';
import { invalidParameter } from '../invalid-parameter.js';
import { invocationOf } from '../invocation-request.js';
import { type LambdaState, lambdaOperation } from '../service-state.js';
import { readTags } from '../tags.js';

const PATH = '/2015-03-31/event-source-mappings';
/** Members that mean something for queues. Of all others only those that say nothing pass. */
const SUPPORTED = [
  'UUID',
  'EventSourceArn',
  'FunctionName',
  'Enabled',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'FilterCriteria',
  'FunctionResponseTypes',
  'ScalingConfig',
  'Tags',
];

const MOST_FILTERS = 5;

interface Settings {
  readonly enabled: boolean | undefined;
  readonly batchSize: number | undefined;
  readonly batchWindow: number | undefined;
  readonly reportsFailures: boolean | undefined;
  readonly filters: readonly string[] | undefined;
  /** None where the input takes the limit away. */
  readonly scaling: { readonly maxConcurrency?: number } | undefined;
}

function readSettings(input: InputReader): Settings {
  const unsupported = input.names().filter((name) => !SUPPORTED.includes(name));
  if (unsupported.length > 0) {
    throw invalidParameter(`The local cloud does not support ${unsupported.join(', ')} of an event source mapping`);
  }
  const types = input.texts('FunctionResponseTypes');
  const scaling = input.structure('ScalingConfig');
  const maxConcurrency = scaling?.integer('MaximumConcurrency', { min: 2, max: 1000 });
  return {
    enabled: input.flag('Enabled'),
    batchSize: input.integer('BatchSize', { min: 1, max: 10_000 }),
    batchWindow: input.integer('MaximumBatchingWindowInSeconds', { min: 0, max: 300 }),
    filters: readFilters(input.structure('FilterCriteria')),
    reportsFailures: types?.includes('ReportBatchItemFailures'),
    scaling: scaling && { ...(maxConcurrency !== undefined && { maxConcurrency }) },
  };
}

function readFilters(criteria: InputReader | undefined): readonly string[] | undefined {
  const filters = criteria?.list('Filters')?.map((each) => new InputReader(each).text('Pattern') ?? '');
  if (filters && filters.length > MOST_FILTERS) {
    throw invalidParameter(`An event source mapping can have ${MOST_FILTERS} filters; there are ${filters.length}.`);
  }
  try {
    if (filters) queueFilter(filters);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParameter(`Invalid filter pattern definition. (${reason})`);
  }
  return criteria && (filters ?? []);
}

/** The mapping with the settings that are given. Throws where they do not go together. */
function withSettings(mapping: EventSourceMapping, settings: Settings, queue: QueueName): EventSourceMapping {
  const { maxConcurrency: before, ...rest } = mapping;
  const scaling = settings.scaling ?? (before === undefined ? {} : { maxConcurrency: before });
  const changed = {
    ...rest,
    enabled: settings.enabled ?? mapping.enabled,
    batchSize: settings.batchSize ?? mapping.batchSize,
    batchWindow: settings.batchWindow ?? mapping.batchWindow,
    filters: settings.filters ?? mapping.filters,
    reportsFailures: settings.reportsFailures ?? mapping.reportsFailures,
    ...scaling,
  };
  if (isFifo(queue) && changed.batchWindow > 0) {
    throw invalidParameter('Batching window is not supported for FIFO queues.');
  }
  if (changed.batchSize > 10 && (isFifo(queue) || changed.batchWindow === 0)) {
    throw invalidParameter(
      isFifo(queue)
        ? 'Maximum batch size for FIFO queues is 10.'
        : 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  return changed;
}

function queueOf(arn: string): QueueName {
  const queue = parseQueueArn(arn);
  if (queue === undefined) {
    throw invalidParameter(`The local cloud has event source mappings for SQS queues alone, and ${arn} is none`);
  }
  return queue;
}

async function check(mapping: EventSourceMapping, queue: QueueName, state: LambdaState): Promise<void> {
  const target = await invocationOf(state, parseFunctionName(mapping.functionArn, undefined, mapping));
  await new QueueClient(state.context, queue).check(readerOf(target), target.version.timeout);
}

const mappingAccess =
  (action: string) =>
  ({ uuid }: { readonly uuid: string }, call: Call, { sources }: LambdaState): readonly Access[] => {
    const mapping = sources.find(uuid, call);
    return [
      {
        action: `lambda:${action}`,
        resource: `arn:aws:lambda:${call.region}:${call.account}:event-source-mapping:${uuid}`,
        ...(mapping && { context: { 'lambda:FunctionArn': mapping.functionArn } }),
      },
    ];
  };

function readUuid(raw: unknown) {
  const input = new InputReader(raw);
  const uuid = input.requiredText('UUID');
  input.check();
  return { uuid };
}

export const createEventSourceMapping = lambdaOperation({
  name: 'CreateEventSourceMapping',
  http: { method: 'POST', path: PATH, status: 202 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      eventSourceArn: input.requiredText('EventSourceArn'),
      tags: readTags(input.textMap('Tags')),
      settings: readSettings(input),
    };
    input.check();
    return parsed;
  },
  access: ({ functionName }, call) => [
    {
      action: 'lambda:CreateEventSourceMapping',
      resource: '*',
      context: { 'lambda:FunctionArn': functionArn(parseFunctionName(functionName, undefined, call)) },
    },
  ],
  handle: async ({ functionName, eventSourceArn, tags, settings }, call, state) => {
    const { context, functions, sources } = state;
    const reference = parseFunctionName(functionName, undefined, call);
    await functions.get(reference);
    const queue = queueOf(eventSourceArn);
    const arn = functionArn(reference);
    const same = sources.list(call).find((each) => each.eventSourceArn === eventSourceArn && each.functionArn === arn);
    if (same) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with SQS arn ("${eventSourceArn}") and function ("${reference.name}") already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
        409,
        { Type: 'User' },
      );
    }
    const defaults: EventSourceMapping = {
      account: call.account,
      region: call.region,
      uuid: call.resourceId ?? randomId.uuid(),
      eventSourceArn,
      functionArn: arn,
      enabled: true,
      batchSize: 10,
      batchWindow: 0,
      reportsFailures: false,
      filters: [],
      tags,
      modified: context.now(),
    };
    const mapping = withSettings(defaults, settings, queue);
    await check(mapping, queue, state);
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
  access: mappingAccess('UpdateEventSourceMapping'),
  handle: async ({ uuid, functionName, settings }, call, state) => {
    const before = state.sources.get(uuid, call);
    const arn =
      functionName === undefined ? before.functionArn : functionArn(parseFunctionName(functionName, undefined, call));
    const queue = queueOf(before.eventSourceArn);
    const moved = { ...before, functionArn: arn, modified: state.context.now() };
    const mapping = withSettings(moved, settings, queue);
    await check(mapping, queue, state);
    await state.sources.put(mapping);
    return mappingConfiguration(mapping);
  },
});

export const getEventSourceMapping = lambdaOperation({
  name: 'GetEventSourceMapping',
  http: { method: 'GET', path: `${PATH}/{UUID}` },
  parse: readUuid,
  access: mappingAccess('GetEventSourceMapping'),
  handle: ({ uuid }, call, { sources }) => mappingConfiguration(sources.get(uuid, call)),
});

export const deleteEventSourceMapping = lambdaOperation({
  name: 'DeleteEventSourceMapping',
  http: { method: 'DELETE', path: `${PATH}/{UUID}`, status: 202 },
  parse: readUuid,
  access: mappingAccess('DeleteEventSourceMapping'),
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
  access: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
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
