import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call } from '../../../core/operation.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import type { ObjectRecord } from '../objects/object-record.js';
import type { Deleted } from '../objects/object-store.js';
import { type BucketEvent, BucketEvents, type EventName, type EventSubject } from './bucket-event.js';
import { eventBridgeEntry } from './event-bridge-event.js';
import { eventMessage, testMessage } from './event-record.js';
import { allTargets, type NotificationTarget, targetsOf } from './matching.js';
import type { NotificationConfiguration } from './notification-configuration.js';
import { problemOf, send, test } from './send.js';

/** An event on its way to a target; EventBridge where none is named. */
interface Delivery extends Due {
  readonly event: BucketEvent;
  readonly target?: NotificationTarget;
}

/**
 * Tells the targets of buckets what happens to objects. An event is stored before the request that caused it is
 * answered, so that a restart loses none.
 */
export class BucketNotifications {
  readonly #context: CloudContext;
  readonly #events: BucketEvents;
  readonly #queue: DurableQueue<Delivery>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#events = new BucketEvents(context.now);
    const area = context.store.root.area('s3').area('notification');
    this.#queue = new DurableQueue(area, context.now, (delivery) => this.#deliver(delivery));
  }

  created(
    how: 'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload',
    bucket: BucketRecord,
    object: ObjectRecord,
    call: Call,
  ): Promise<void> {
    return this.#tell(`ObjectCreated:${how}`, bucket, object, call);
  }

  async removed(bucket: BucketRecord, deleted: Deleted & { readonly key: string }, call: Call): Promise<void> {
    const isMarked = deleted.deleteMarker && deleted.created;
    const name = isMarked ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete';
    await this.#tell(name, bucket, isMarked ? { ...deleted, etag: EMPTY_MD5 } : deleted, call);
  }

  /** A change of what is said of an object. */
  changed(
    name: 'ObjectTagging:Put' | 'ObjectTagging:Delete' | 'ObjectAcl:Put',
    bucket: BucketRecord,
    object: ObjectRecord,
    call: Call,
  ): Promise<void> {
    return this.#tell(name, bucket, object, call);
  }

  async restored(bucket: BucketRecord, object: ObjectRecord, call: Call): Promise<void> {
    const { restoration, headers } = object;
    const storageClass = headers.StorageClass ?? 'GLACIER';
    await this.#tell('ObjectRestore:Post', bucket, object, call);
    const more = restoration && { restoration: { ...restoration, storageClass } };
    await this.#tell('ObjectRestore:Completed', bucket, object, call, more);
  }

  /**
   * Looks whether S3 may tell the targets of a configuration: queues and topics get a test message.
   *
   * @throws AwsError InvalidArgument
   */
  async checkTargets(bucket: BucketRecord, configuration: NotificationConfiguration, call: Call): Promise<void> {
    const message = testMessage(bucket, this.#context.now(), call.requestId);
    const problems: [string, string][] = [];
    for (const target of allTargets(configuration)) {
      try {
        await test(this.#context, bucket, target, message);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        problems.push(problemOf(target, error));
      }
    }
    if (problems.length === 0) return;
    const fields = problems.flatMap(([name, value], at) => [
      [`ArgumentName${at + 1}`, name],
      [`ArgumentValue${at + 1}`, value],
    ]);
    const text = 'Unable to validate the following destination configurations';
    throw new AwsError('InvalidArgument', text, 400, Object.fromEntries(fields));
  }

  /** Takes up what an earlier run of the cloud left. */
  resume(): Promise<void> {
    return this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  async #tell(
    name: EventName,
    bucket: BucketRecord,
    subject: EventSubject,
    call: Call,
    more: Pick<BucketEvent, 'restoration'> = {},
  ): Promise<void> {
    const configuration = bucket.settings.notification;
    if (!configuration) return;
    const targets = targetsOf(configuration, name, subject.key);
    const bridged = configuration.EventBridgeConfiguration !== undefined;
    if (targets.length === 0 && !bridged) return;
    const event = { ...this.#events.of(name, bucket, subject, call), ...more };
    const due = event.time;
    await this.#queue.accept(
      ...targets.map((target) => ({ event, target, due })),
      ...(bridged ? [{ event, due }] : []),
    );
  }

  async #deliver({ event, target }: Delivery): Promise<undefined> {
    try {
      if (target)
        await send(this.#context, event.bucket, target, eventMessage(event, target.configurationId), event.traceId);
      else await this.#putEvent(event);
    } catch (error) {
      const where = target?.arn ?? 'EventBridge';
      const reason = error instanceof Error ? error.message : String(error);
      const message = `the event ${event.name} of ${event.bucket.name} was not delivered to ${where}: ${reason}`;
      this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
    }
    return undefined;
  }

  /** S3 may put events of its own on the default bus of the bucket's account. */
  async #putEvent(event: BucketEvent): Promise<void> {
    const { account, region } = event.bucket;
    const call = internalCall({ account, region }, { kind: 'service', account, service: 's3.amazonaws.com' });
    await this.#context.dispatch('events', 'PutEvents', { Entries: [eventBridgeEntry(event)] }, call);
  }
}

/** A delete marker has no bytes. */
const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
