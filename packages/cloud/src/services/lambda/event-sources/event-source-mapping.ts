import type { Scope } from '../../../core/operation.js';
import type { Output } from '../../../model/client-types.js';

/** How a stream is read. */
export interface StreamReading {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** The sequence number behind which reading begins, known once the stream was looked at; empty for the oldest record. */
  readonly startAfter?: string;
  /** The same of each shard that a data stream had when it was mapped, by its id. */
  readonly starts?: Readonly<Record<string, string>>;
  /** For AT_TIMESTAMP, in epoch milliseconds. */
  readonly startTime?: number;
  /** Batches of the shard that are handled at a time. */
  readonly parallelization: number;
  /** True if a failed batch is split in two. */
  readonly bisects: boolean;
  /** How often a batch is tried again; -1 until its records expire. */
  readonly maxRetries: number;
  /** Seconds after which a record is given up; -1 when it expires. */
  readonly maxAge: number;
  /** The ARN of the destination for records that were given up. */
  readonly onFailure?: string | undefined;
}

/** The settings of a mapping that may change. */
export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds for which a batch is gathered. */
  readonly batchWindow: number;
  /** True if the function reports which records of a batch it did not handle. */
  readonly reportsFailures: boolean;
  /** Batches that are handled at a time. */
  readonly maxConcurrency?: number | undefined;
  /** There for streams alone. */
  readonly stream?: StreamReading;
  /** Patterns of which a record has to match one; texts of JSON. None: every record is handed over. */
  readonly filters: readonly string[];
}

/** A mapping of a source to a function, as it is stored. */
export interface EventSourceMapping extends Scope, MappingSettings {
  readonly uuid: string;
  readonly eventSourceArn: string;
  /** Of the function, with its version or alias where it names one. */
  readonly functionArn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly modified: number;
}

export function mappingArn({ account, region, uuid }: EventSourceMapping): string {
  return `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`;
}

type Configuration = Output<'lambda', 'GetEventSourceMapping'>;

/** An EventSourceMappingConfiguration as the API answers it. @param processed records of its stream were handled */
export function mappingConfiguration(mapping: EventSourceMapping, state: string, processed: boolean): Configuration {
  const { maxConcurrency, filters, stream } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mappingArn(mapping),
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchWindow,
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(stream && streamConfiguration(stream)),
    ScalingConfig: maxConcurrency === undefined ? undefined : { MaximumConcurrency: maxConcurrency },
    FilterCriteria: filters.length > 0 ? { Filters: filters.map((Pattern) => ({ Pattern })) } : undefined,
    LastModified: new Date(mapping.modified),
    State: state,
    StateTransitionReason: stream ? 'User action' : 'USER_INITIATED',
    LastProcessingResult: stream && (processed ? 'OK' : 'No records processed'),
  };
}

function streamConfiguration(stream: StreamReading): Configuration {
  return {
    StartingPosition: stream.startingPosition,
    ...(stream.startTime !== undefined && { StartingPositionTimestamp: new Date(stream.startTime) }),
    ParallelizationFactor: stream.parallelization,
    BisectBatchOnFunctionError: stream.bisects,
    MaximumRetryAttempts: stream.maxRetries,
    MaximumRecordAgeInSeconds: stream.maxAge,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: { Destination: stream.onFailure } },
  };
}
