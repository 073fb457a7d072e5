import { AwsError } from '../core/aws-error.js';

/*
 * Facts about table streams that DynamoDB, which keeps them, and Lambda, which reads them, share.
 */

/** Attributes by name, as the wire spells them. */
type Attributes = Readonly<Record<string, object>>;

/** A record of a stream as GetRecords gives it and as functions get it. */
export interface StreamRecord<Item = Attributes> {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds, whole. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  /** Deletions by TTL name the service. */
  readonly userIdentity?: { readonly Type: 'Service'; readonly PrincipalId: 'dynamodb.amazonaws.com' };
}

/** Stream records are kept for a day. */
export const STREAM_RETENTION_MILLISECONDS = 24 * 3600 * 1000;

/** The position in a shard that an iterator represents, for fifteen minutes. */
export interface ShardPosition {
  /** Of the stream. */
  readonly arn: string;
  /** The sequence number to begin with or, if `behind`, the one to begin behind. */
  readonly from: string;
  readonly behind: boolean;
  /** Epoch milliseconds. */
  readonly expires: number;
}

const ITERATOR_MILLISECONDS = 15 * 60 * 1000;

/** @param now epoch milliseconds */
export function shardIterator({ arn, from, behind }: Omit<ShardPosition, 'expires'>, now: number): string {
  const position: ShardPosition = { arn, from, behind, expires: now + ITERATOR_MILLISECONDS };
  return `${arn}|1|${Buffer.from(JSON.stringify(position)).toString('base64')}`;
}

/** @throws AwsError ValidationException for text that is no iterator of this cloud */
export function shardPosition(iterator: string): ShardPosition {
  try {
    const position: Partial<ShardPosition> = JSON.parse(
      Buffer.from(iterator.slice(iterator.lastIndexOf('|') + 1), 'base64').toString(),
    );
    const { arn, from, behind, expires } = position;
    if (
      typeof arn === 'string' &&
      typeof from === 'string' &&
      typeof behind === 'boolean' &&
      typeof expires === 'number'
    ) {
      return { arn, from, behind, expires };
    }
  } catch {
    // Not an iterator of this cloud: reported below.
  }
  throw new AwsError('ValidationException', 'Invalid ShardIterator');
}
