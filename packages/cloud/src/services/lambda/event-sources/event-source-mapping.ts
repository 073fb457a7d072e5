import type { Scope } from '../../../core/operation.js';

/** A mapping of a queue to a function, as it is stored. */
export interface EventSourceMapping extends Scope {
  readonly uuid: string;
  readonly eventSourceArn: string;
  /** Of the function, with its version or alias where it names one. */
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds for which a batch is gathered. */
  readonly batchWindow: number;
  /** Whether the function says which records of a batch it did not handle. */
  readonly reportsFailures: boolean;
  /** Batches that are handled at a time. */
  readonly maxConcurrency?: number;
  /** Patterns of which a message has to match one; texts of JSON. None: every message is handed over. */
  readonly filters: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly modified: number;
}

export function mappingArn({ account, region, uuid }: EventSourceMapping): string {
  return `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`;
}

/** An EventSourceMappingConfiguration as the API gives it. */
export function mappingConfiguration(mapping: EventSourceMapping, state: string = stateOf(mapping)) {
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mappingArn(mapping),
    EventSourceArn: mapping.eventSourceArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchWindow,
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(mapping.maxConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: mapping.maxConcurrency } }),
    ...(mapping.filters.length > 0 && { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } }),
    LastModified: new Date(mapping.modified),
    State: state,
    StateTransitionReason: 'USER_INITIATED',
  };
}

function stateOf({ enabled }: EventSourceMapping): string {
  return enabled ? 'Enabled' : 'Disabled';
}
