import type { QueueName } from '../../core/queue-name.js';

/** A queue as it is stored, without its messages. */
export interface QueueRecord extends QueueName {
  /** The attributes that can be set, with their defaults in place. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Epoch milliseconds. */
  readonly modified: number;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The value of an attribute that is a number of seconds or bytes. */
export function numberOf({ attributes }: QueueRecord, name: string): number {
  return Number(attributes[name] ?? 0);
}

export function redrivePolicyOf({ attributes }: Pick<QueueRecord, 'attributes'>): RedrivePolicy | undefined {
  const text = attributes.RedrivePolicy;
  if (!text) return undefined;
  // It was checked when it was set.
  const policy = JSON.parse(text) as { deadLetterTargetArn: string; maxReceiveCount: number | string };
  return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount: Number(policy.maxReceiveCount) };
}
