import { defined } from '../../../core/defined.js';
import { invalidParameter } from '../lambda-error.js';
import type { EventSourceMapping, MappingSettings, StreamReading } from './event-source-mapping.js';
import type { SettingsInput, SourceKind } from './source-kind.js';

const MOST_FILTERS = 5;
/** Members of the input that are no settings. */
const OTHERS = ['UUID', 'EventSourceArn', 'FunctionName', 'Tags'];

/** The settings that an input gives, and the members it gave. */
export interface GivenSettings extends Partial<Omit<MappingSettings, 'stream'>> {
  readonly members: readonly string[];
  readonly stream: Partial<StreamReading>;
}

export const SETTINGS_LIMITS = {
  StartingPosition: { values: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] },
  BatchSize: { min: 1, max: 10_000 },
  MaximumBatchingWindowInSeconds: { min: 0, max: 300 },
  ScalingConfig: { members: { MaximumConcurrency: { min: 2, max: 1000 } } },
  ParallelizationFactor: { min: 1, max: 10 },
  MaximumRetryAttempts: { min: -1, max: 10_000 },
  MaximumRecordAgeInSeconds: { min: -1, max: 604_800 },
};

/** Says nothing yet of whether they mean something for the source. */
export function parseSettings(input: SettingsInput): GivenSettings {
  const { Enabled, BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes, ScalingConfig } = input;
  const filters = input.FilterCriteria && filtersOf(input.FilterCriteria);
  return {
    members: Object.entries(input).flatMap(([name, value]) =>
      value === undefined || OTHERS.includes(name) ? [] : [name],
    ),
    ...defined({ enabled: Enabled, batchSize: BatchSize, batchWindow: MaximumBatchingWindowInSeconds }),
    ...(FunctionResponseTypes && { reportsFailures: FunctionResponseTypes.includes('ReportBatchItemFailures') }),
    ...(filters && { filters }),
    ...(ScalingConfig && { maxConcurrency: ScalingConfig.MaximumConcurrency }),
    stream: parseStreamSettings(input),
  };
}

function parseStreamSettings(input: SettingsInput): Partial<StreamReading> {
  const { StartingPosition, ParallelizationFactor, BisectBatchOnFunctionError, DestinationConfig } = input;
  const { MaximumRetryAttempts, MaximumRecordAgeInSeconds, StartingPositionTimestamp } = input;
  return {
    ...(StartingPositionTimestamp && { startTime: StartingPositionTimestamp.getTime() }),
    ...defined({
      startingPosition: StartingPosition,
      parallelization: ParallelizationFactor,
      bisects: BisectBatchOnFunctionError,
      maxRetries: MaximumRetryAttempts,
      maxAge: MaximumRecordAgeInSeconds,
    }),
    ...(DestinationConfig && { onFailure: DestinationConfig.OnFailure?.Destination }),
  };
}

function filtersOf({ Filters = [] }: NonNullable<SettingsInput['FilterCriteria']>): readonly string[] {
  if (Filters.length <= MOST_FILTERS) return Filters.map(({ Pattern = '' }) => Pattern);
  throw invalidParameter(`An event source mapping can have ${MOST_FILTERS} filters; there are ${Filters.length}.`);
}

/** @throws AwsError InvalidParameterValueException for members that mean nothing for the source */
function checkMembers({ members }: GivenSettings, kind: SourceKind): void {
  const unsupported = members.filter((name) => !Object.hasOwn(kind.defaults, name));
  if (unsupported.length === 0) return;
  throw invalidParameter(
    `The local cloud does not support ${unsupported.join(', ')} of an event source mapping for ${kind.name}`,
  );
}

/** AWS does not tell what is wrong with a pattern. */
function checkFilters({ filters }: MappingSettings, kind: SourceKind, explain: Explain): void {
  try {
    for (const pattern of filters) kind.compilePattern(pattern);
  } catch (error) {
    explain(`a filter pattern is refused: ${error instanceof Error ? error.message : String(error)}`);
    throw invalidParameter('Invalid filter pattern definition.');
  }
}

/** Tells the developer what AWS's answer does not. */
export type Explain = (reason: string) => void;

/** A mapping with the settings that are given. Throws where they do not go together. */
export function withSettings(
  mapping: EventSourceMapping,
  given: GivenSettings,
  kind: SourceKind,
  explain: Explain,
): EventSourceMapping {
  checkMembers(given, kind);
  const { members: _, stream, ...rest } = given;
  const changed = { ...mapping, ...rest, ...(mapping.stream && { stream: { ...mapping.stream, ...stream } }) };
  checkFilters(changed, kind, explain);
  kind.checkSettings(changed);
  return changed;
}

/** The settings of a new mapping: those that are given, else the defaults of its kind of source. */
export function newSettings(given: GivenSettings, kind: SourceKind): MappingSettings {
  const defaults = parseSettings(kind.defaults);
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

/** A queue has no such settings, and a stream needs the starting position at least. */
function isComplete(stream: Partial<StreamReading>): stream is StreamReading {
  const { startingPosition, parallelization, bisects, maxRetries, maxAge } = stream;
  return [startingPosition, parallelization, bisects, maxRetries, maxAge].every((each) => each !== undefined);
}
