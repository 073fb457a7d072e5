import { InputReader } from '../../../core/input-reader.js';
import { invalidParameter } from '../invalid-parameter.js';
import type { EventSourceMapping, MappingSettings, StreamReading } from './event-source-mapping.js';
import type { SourceKind } from './source-kind.js';

const MOST_FILTERS = 5;
/** Members of the input that are no settings. */
const OTHERS = ['UUID', 'EventSourceArn', 'FunctionName', 'Tags'];

/** The settings that an input gives, and the members it gave. */
export interface GivenSettings extends Partial<Omit<MappingSettings, 'stream'>> {
  readonly members: readonly string[];
  readonly stream: Partial<StreamReading>;
}

/** Says nothing yet of whether they mean something for the source. */
export function readSettings(input: InputReader): GivenSettings {
  const enabled = input.flag('Enabled');
  const batchSize = input.integer('BatchSize', { min: 1, max: 10_000 });
  const batchWindow = input.integer('MaximumBatchingWindowInSeconds', { min: 0, max: 300 });
  const types = input.texts('FunctionResponseTypes');
  const criteria = input.structure('FilterCriteria');
  const scaling = input.structure('ScalingConfig');
  return {
    members: input.names().filter((name) => !OTHERS.includes(name)),
    ...(enabled !== undefined && { enabled }),
    ...(batchSize !== undefined && { batchSize }),
    ...(batchWindow !== undefined && { batchWindow }),
    ...(types && { reportsFailures: types.includes('ReportBatchItemFailures') }),
    ...(criteria && { filters: readFilters(criteria) }),
    ...(scaling && { maxConcurrency: scaling.integer('MaximumConcurrency', { min: 2, max: 1000 }) }),
    stream: readStreamSettings(input),
  };
}

function readStreamSettings(input: InputReader): Partial<StreamReading> {
  const startingPosition = input.text('StartingPosition', { oneOf: ['TRIM_HORIZON', 'LATEST'] });
  const parallelization = input.integer('ParallelizationFactor', { min: 1, max: 10 });
  const bisects = input.flag('BisectBatchOnFunctionError');
  const maxRetries = input.integer('MaximumRetryAttempts', { min: -1, max: 10_000 });
  const maxAge = input.integer('MaximumRecordAgeInSeconds', { min: -1, max: 604_800 });
  const destinations = input.structure('DestinationConfig');
  const onFailure = destinations?.structure('OnFailure')?.text('Destination');
  return {
    // Anything else is a violation, which the reader tells.
    ...(startingPosition !== undefined && { startingPosition: startingPosition as StreamReading['startingPosition'] }),
    ...(parallelization !== undefined && { parallelization }),
    ...(bisects !== undefined && { bisects }),
    ...(maxRetries !== undefined && { maxRetries }),
    ...(maxAge !== undefined && { maxAge }),
    ...(destinations && { onFailure }),
  };
}

function readFilters(criteria: InputReader): readonly string[] {
  const filters = criteria.list('Filters')?.map((each) => new InputReader(each).text('Pattern') ?? '') ?? [];
  if (filters.length <= MOST_FILTERS) return filters;
  throw invalidParameter(`An event source mapping can have ${MOST_FILTERS} filters; there are ${filters.length}.`);
}

/** @throws AwsError InvalidParameterValueException for members that mean nothing for the source */
function checkMembers({ members }: GivenSettings, kind: SourceKind): void {
  const unsupported = members.filter((name) => !Object.hasOwn(kind.defaults, name));
  if (unsupported.length === 0) return;
  throw invalidParameter(
    `The local cloud does not support ${unsupported.join(', ')} of an event source mapping for ${kind.name}`,
  );
}

function checkFilters({ filters }: MappingSettings, kind: SourceKind): void {
  try {
    for (const pattern of filters) kind.compilePattern(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParameter(`Invalid filter pattern definition. (${reason})`);
  }
}

/** A mapping with the settings that are given. Throws where they do not go together. */
export function withSettings(mapping: EventSourceMapping, given: GivenSettings, kind: SourceKind): EventSourceMapping {
  checkMembers(given, kind);
  const { members: _, stream, ...rest } = given;
  const changed = { ...mapping, ...rest, ...(mapping.stream && { stream: { ...mapping.stream, ...stream } }) };
  checkFilters(changed, kind);
  kind.checkSettings(changed);
  return changed;
}

/** The settings of a new mapping: those that are given, else the defaults of its kind of source. */
export function newSettings(given: GivenSettings, kind: SourceKind): MappingSettings {
  const defaults = readSettings(new InputReader(kind.defaults));
  const { members: _, stream: partial, ...rest } = { ...defaults, ...given };
  const stream = { ...defaults.stream, ...partial };
  return {
    enabled: true,
    batchSize: 1,
    batchWindow: 0,
    reportsFailures: false,
    filters: [],
    ...rest,
    ...(isComplete(stream) && { stream }),
  };
}

/** Of a queue nothing is said, and of a stream at least the starting position has to be given. */
function isComplete(stream: Partial<StreamReading>): stream is StreamReading {
  const { startingPosition, parallelization, bisects, maxRetries, maxAge } = stream;
  return [startingPosition, parallelization, bisects, maxRetries, maxAge].every((each) => each !== undefined);
}
