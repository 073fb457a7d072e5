import { AwsError } from '../../core/aws-error.js';
import { parsePolicy } from '../../iam/index.js';
import { isFifo, parseQueueArn } from '../sqs/queue-name.js';
import { compileFilterPolicy } from './filter-policy.js';
import { invalidParameter } from './sns-error.js';
import type { Protocol } from './topic-record.js';

export type Attributes = Readonly<Record<string, string>>;

/** Throws where a value cannot be. */
type Check = (value: string, all: Attributes, protocol: Protocol) => void;

const oneOf =
  (name: string, ...values: readonly string[]): Check =>
  (value) => {
    if (!values.includes(value)) throw invalidParameter(`${name}: ${value} is not one of ${values.join(', ')}`);
  };

/** The attributes of a topic that can be set ("SetTopicAttributes" of the SNS API reference), but for what there is not here. */
const OF_TOPIC: Readonly<Record<string, Check>> = {
  DisplayName: (value) => {
    if (value.length > 100) throw invalidParameter('DisplayName');
  },
  Policy: checkPolicy,
  SignatureVersion: oneOf('SignatureVersion', '1', '2'),
  // Stored and answered; nothing here is traced.
  TracingConfig: oneOf('TracingConfig', 'PassThrough', 'Active'),
  // Stored and answered: nothing is encrypted here.
  KmsMasterKeyId: () => {},
};

const OF_SUBSCRIPTION: Readonly<Record<string, Check>> = {
  RawMessageDelivery: (value, _all, protocol) => {
    oneOf('RawMessageDelivery', 'true', 'false')(value, {}, protocol);
    if (value === 'true' && protocol === 'lambda') {
      throw invalidParameter(`Delivery protocol [${protocol}] does not support raw message delivery.`);
    }
  },
  FilterPolicyScope: oneOf('FilterPolicyScope', 'MessageAttributes', 'MessageBody'),
  FilterPolicy: (value, { FilterPolicyScope = 'MessageAttributes' }) => {
    try {
      compileFilterPolicy(value, FilterPolicyScope);
    } catch (error) {
      throw invalidParameter(`FilterPolicy: ${error instanceof Error ? error.message : String(error)}`);
    }
  },
  RedrivePolicy: (value) => {
    const queue = parseQueueArn(deadLetterArn(value) ?? '');
    if (queue === undefined || isFifo(queue)) {
      throw invalidParameter('RedrivePolicy: deadLetterTargetArn is no ARN of a standard queue');
    }
  },
};

function checkPolicy(value: string): void {
  try {
    parsePolicy(value, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter(`Policy Error: ${error.message}`);
    throw error;
  }
}

/** Texts that an empty value removes. */
const isRemoved = (name: string, value: string): boolean => value === '' && name !== 'DisplayName';

function changed(known: Readonly<Record<string, Check>>, before: Attributes, change: Attributes, protocol: Protocol) {
  const all = Object.entries({ ...before, ...change }).filter(([name, value]) => !isRemoved(name, value));
  const after: Attributes = Object.fromEntries(all);
  for (const name of Object.keys(change)) {
    if (!Object.hasOwn(known, name)) throw invalidParameter(`AttributeName: the local cloud does not support ${name}`);
  }
  for (const [name, value] of all) known[name]?.(value, after, protocol);
  return after;
}

/** The attributes of a topic when some are set. @throws AwsError InvalidParameter */
export function changedTopicAttributes(before: Attributes, change: Attributes): Attributes {
  return changed(OF_TOPIC, before, change, 'sqs');
}

/** The attributes of a subscription when some are set. @throws AwsError InvalidParameter */
export function changedSubscriptionAttributes(before: Attributes, change: Attributes, protocol: Protocol): Attributes {
  return changed(OF_SUBSCRIPTION, before, change, protocol);
}

/** Where messages go that a subscription's endpoint did not take. */
export function deadLetterArn(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  try {
    const policy: unknown = JSON.parse(redrivePolicy);
    const arn: unknown =
      typeof policy === 'object' && policy !== null ? Reflect.get(policy, 'deadLetterTargetArn') : '';
    return typeof arn === 'string' ? arn : undefined;
  } catch {
    return undefined;
  }
}
