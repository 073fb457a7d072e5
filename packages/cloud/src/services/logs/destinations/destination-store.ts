import type { Tags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { parsePolicy } from '../../../iam/index.js';
import { RecordStore } from '../../../kit/record-store.js';

/** A stream to which subscriptions of other accounts send through a name of its own, as it is stored. */
export interface Destination extends Scope {
  readonly name: string;
  readonly targetArn: string;
  readonly roleArn: string;
  /** JSON: who may subscribe. */
  readonly accessPolicy?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Tags;
}

export const destinationArn = ({ account, region, name }: Scope & { readonly name: string }): string =>
  `arn:aws:logs:${region}:${account}:destination:${name}`;

export const isDestinationArn = (arn: string): boolean => /^arn:[^:]+:logs:[^:]+:\d{12}:destination:[^:*]+$/.test(arn);

/** The destinations of every account and region, by ARN. */
export const destinationStore = (root: Area): RecordStore<Destination> =>
  new RecordStore<Destination>(root.area('logs-destinations'), destinationArn);

/** The policy of a destination as it decides: AWS keeps one that names nobody in the form of IAM, which lets nobody in. */
export function decidingPolicy({ accessPolicy }: Destination): string | undefined {
  if (accessPolicy === undefined) return undefined;
  try {
    parsePolicy(accessPolicy, 'resource');
    return accessPolicy;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
