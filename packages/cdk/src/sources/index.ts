import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type BindingKind, has } from '../bindings.js';
import { kindNotSupported, sourceUnhandled } from '../errors/app.js';
import { functionGrantee } from '../functions.js';
import { GobletError } from '../goblet-error.js';
import type { Inventory, InventorySource } from '../inventory.js';
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

/** The binding of a source, by its kind. */
export interface SourceBindings {
  readonly queue: sqs.IQueueRef;
  readonly topic: sns.ITopicRef | TopicBinding;
  readonly bucket: s3.IBucketRef | BucketBinding;
  readonly bus: events.IEventBusRef | BusBinding;
  readonly stream: kinesis.IStreamRef | StreamBinding;
  readonly tableStream: dynamodb.ITable | TableStreamBinding;
}

/** The resource behind any source of the app. */
export type SourceBinding = SourceBindings[keyof SourceBindings];

/** A binding is passed to the kind for which it was checked. */
const BOUND: Readonly<Record<keyof SourceBindings, BoundSource<never>>> = {
  queue: queueSource,
  topic: topicSource,
  bucket: bucketSource,
  bus: busSource,
  stream: streamSource,
  tableStream: tableStreamSource,
};

/**
 * The kinds without a resource of the user. A function that is invoked directly needs a grant, not a connection; a
 * WebSocket API is created beside the other APIs.
 */
const UNBOUND: Readonly<Record<string, (target: SourceTarget) => void>> = {
  schedule: bindSchedule,
  lambda: () => {},
  websocket: () => {},
};

const boundSource = (kind: string): BoundSource<never> | undefined =>
  Object.entries(BOUND).find(([name]) => name === kind)?.[1];

/** The binding that a source accepts; undefined for kinds without a resource. */
export function sourceBinding({ kind }: InventorySource): BindingKind | undefined {
  const bound = boundSource(kind);
  if (bound === undefined) return undefined;
  const { takes, resource, mark } = bound;
  return { takes, give: resource, fits: (given) => has(resourceOf(given, bound), mark) };
}

/** The resource, given alone or as a member of an object with more properties. */
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
    if (fn === undefined) throw new GobletError(sourceUnhandled(source.name, inventory.source));
    bindSource({ scope, source, fn, grantee: functionGrantee(scope, source.name, fn) }, bindings[source.name]);
  }
}

function bindSource(target: SourceTarget, binding: SourceBinding | undefined): void {
  const { kind } = target.source;
  const bound = boundSource(kind);
  if (bound !== undefined) {
    // checkNeeds accepts only bindings of the right kind.
    bound.bind(target, (has(binding, bound.mark) ? { [bound.resource]: binding } : binding) as never);
    return;
  }
  const bind = UNBOUND[kind];
  if (bind === undefined) throw new GobletError(kindNotSupported(kind, target.source));
  bind(target);
}
