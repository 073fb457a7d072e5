import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type BindingKind, has } from '../bindings.js';
import { GobletError } from '../errors.js';
import { functionGrantee } from '../functions.js';
import { at, type Inventory, type InventorySource } from '../inventory.js';
import { type BucketBinding, bucketSource } from './bucket.js';
import { type BusBinding, busSource } from './bus.js';
import { queueSource } from './queue.js';
import { bindSchedule } from './schedule.js';
import type { BoundSource, SourceTarget } from './source-target.js';
import { type StreamBinding, streamSource } from './stream.js';
import { type TableStreamBinding, tableStreamSource } from './table-stream.js';
import { type TopicBinding, topicSource } from './topic.js';

export type { BucketBinding } from './bucket.js';
export type { BusBinding } from './bus.js';
export type { StreamBinding } from './stream.js';
export type { StreamDelivery } from './stream-mapping.js';
export type { TableStreamBinding } from './table-stream.js';
export type { TopicBinding } from './topic.js';

/** What a source is bound to, by its kind. */
export interface SourceBindings {
  readonly queue: sqs.IQueueRef;
  readonly topic: sns.ITopicRef | TopicBinding;
  readonly bucket: s3.IBucketRef | BucketBinding;
  readonly bus: events.IEventBusRef | BusBinding;
  readonly stream: kinesis.IStreamRef | StreamBinding;
  readonly tableStream: dynamodb.ITable | TableStreamBinding;
}

export type SourceBinding = SourceBindings[keyof SourceBindings];

/** A binding is handed to the kind that it was tested for. */
const BOUND: Readonly<Record<keyof SourceBindings, BoundSource<never>>> = {
  queue: queueSource,
  topic: topicSource,
  bucket: bucketSource,
  bus: busSource,
  stream: streamSource,
  tableStream: tableStreamSource,
};

/**
 * The kinds that no resource of the user's is behind. A function that is invoked directly is granted, not connected; a
 * WebSocket API is made beside the other APIs.
 */
const UNBOUND: Readonly<Record<string, (target: SourceTarget) => void>> = {
  schedule: bindSchedule,
  lambda: () => {},
  websocket: () => {},
};

const boundSource = (kind: string): BoundSource<never> | undefined =>
  Object.entries(BOUND).find(([name]) => name === kind)?.[1];

/** What a source is bound to; nothing for those that no resource is behind. */
export function sourceBinding({ kind }: InventorySource): BindingKind | undefined {
  const bound = boundSource(kind);
  if (bound === undefined) return undefined;
  const { takes, resource, mark } = bound;
  return { takes, give: resource, fits: (given) => has(resourceOf(given, bound), mark) };
}

/** What is given alone, or as the member of an object that says more. */
function resourceOf(given: unknown, { resource, mark }: BoundSource<never>): unknown {
  return !has(given, mark) && has(given, resource) ? given[resource] : given;
}

/** Connects every source of the app to its function. */
export function bindSources(
  scope: Construct,
  inventory: Inventory,
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: Readonly<Record<string, SourceBinding>>,
): void {
  for (const source of inventory.sources) {
    const fn = functions[source.name];
    if (fn === undefined) {
      throw new GobletError(
        'GOBLET_CDK_SOURCE_UNHANDLED',
        `the app${at(inventory.source)} declares the source ${source.name} and handles it nowhere; write app.on('${source.name}', …)`,
      );
    }
    bindSource({ scope, source, fn, grantee: functionGrantee(scope, source.name, fn) }, bindings[source.name]);
  }
}

function bindSource(target: SourceTarget, binding: SourceBinding | undefined): void {
  const { kind, name, source } = target.source;
  const bound = boundSource(kind);
  if (bound !== undefined) {
    // checkNeeds has let no binding through that does not fit its kind.
    bound.bind(target, (has(binding, bound.mark) ? { [bound.resource]: binding } : binding) as never);
    return;
  }
  const bind = UNBOUND[kind];
  if (bind === undefined) {
    throw new GobletError(
      'GOBLET_CDK_NOT_SUPPORTED',
      `the construct does not bind sources of kind ${kind} yet, and ${name}${at(source)} is one`,
    );
  }
  bind(target);
}
