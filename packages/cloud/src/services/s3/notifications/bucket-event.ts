import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import type { ObjectRecord, Restoration } from '../objects/object-record.js';
import { NULL_VERSION } from '../objects/version-id.js';

/** The kind of an object's event, as configurations name it. */
export type EventName =
  | `ObjectCreated:${'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload'}`
  | `ObjectRemoved:${'Delete' | 'DeleteMarkerCreated'}`
  | `ObjectTagging:${'Put' | 'Delete'}`
  | `ObjectRestore:${'Post' | 'Completed'}`
  | 'ObjectAcl:Put';

/** One thing that happened to an object of a bucket. */
export interface BucketEvent {
  readonly name: EventName;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly bucket: Pick<BucketRecord, 'name' | 'account' | 'region'>;
  readonly key: string;
  /** Absent in a bucket without versions. */
  readonly versionId: string | undefined;
  /** Of the object, where there is one. */
  readonly etag?: string;
  readonly size?: number;
  readonly restoration?: Restoration & { readonly storageClass: string };
  /** Hexadecimal digits that rise with the changes of a key. */
  readonly sequencer: string;
  readonly requester: { readonly account: string; readonly id: string };
  readonly sourceIp: string;
  readonly requestId: string;
  /** `X-Amzn-Trace-Id` of the request. */
  readonly traceId?: string;
}

/** The subject of an event. */
export interface EventSubject extends Partial<Pick<ObjectRecord, 'etag' | 'size' | 'versionId'>> {
  readonly key: string;
}

/** Makes events whose sequencers rise. */
export class BucketEvents {
  #last = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  of(
    name: EventName,
    bucket: BucketRecord,
    subject: EventSubject,
    { principal, sourceIp, requestId, request }: Call,
  ): BucketEvent {
    const time = this.#now();
    this.#last = Math.max(this.#last + 1, time * 1024);
    const isVersioned = bucket.versioning !== undefined && subject.versionId !== NULL_VERSION;
    return {
      name,
      time,
      bucket: { name: bucket.name, account: bucket.account, region: bucket.region },
      key: subject.key,
      versionId: isVersioned ? subject.versionId : undefined,
      ...defined({ etag: subject.etag, size: subject.size }),
      sequencer: this.#last.toString(16).toUpperCase().padStart(18, '0'),
      requester: {
        account: principal.account,
        id: principal.kind === 'assumedRole' ? principal.roleId : principal.account,
      },
      sourceIp,
      requestId,
      ...(request?.traceId !== undefined && { traceId: request.traceId }),
    };
  }
}
