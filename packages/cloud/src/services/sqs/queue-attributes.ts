import { AwsError } from '../../core/aws-error.js';
import { parseJson } from '../../core/json.js';
import { parseQueueArn } from '../../core/queue-name.js';
import { parsePolicy } from '../../iam/index.js';

type Check = (value: string) => boolean;

const integer =
  (min: number, max: number): Check =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value);
const flag = oneOf('true', 'false');

/** The attributes that can be set and what each may be ("SetQueueAttributes" of the SQS API reference). */
const SETTABLE: Readonly<Record<string, Check>> = {
  DelaySeconds: integer(0, 900),
  MaximumMessageSize: integer(1024, 1_048_576),
  MessageRetentionPeriod: integer(60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: integer(0, 20),
  VisibilityTimeout: integer(0, 43_200),
  Policy: isPolicy,
  RedrivePolicy: isRedrivePolicy,
  RedriveAllowPolicy: isRedriveAllowPolicy,
  KmsMasterKeyId: (value) => /^[a-zA-Z0-9:/_-]{1,2048}$/.test(value),
  KmsDataKeyReusePeriodSeconds: integer(60, 86_400),
  SqsManagedSseEnabled: flag,
  FifoQueue: oneOf('true'),
  ContentBasedDeduplication: flag,
  DeduplicationScope: oneOf('queue', 'messageGroup'),
  FifoThroughputLimit: oneOf('perQueue', 'perMessageGroupId'),
};
const ONLY_FIFO = ['ContentBasedDeduplication', 'FifoQueue'];
/** Those of which SQS says so. */
const OF_HIGH_THROUGHPUT = ['DeduplicationScope', 'FifoThroughputLimit'];
/** Texts that an empty value removes. */
const REMOVABLE = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];

const DEFAULTS = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};
const FIFO_DEFAULTS = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

/** Attributes that are worked out when they are asked for. */
const DERIVED = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
];

export type QueueAttributes = Readonly<Record<string, string>>;

const FLAGS = ['ContentBasedDeduplication', 'FifoQueue', 'SqsManagedSseEnabled'];

/** SQS reads `True` as `true`, as Python's clients write it. */
export function normalizeAttributes(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, FLAGS.includes(name) ? value.toLowerCase() : value]),
  );
}

/** Seconds for which SQS uses a data key again by default. */
const KEY_REUSE = '300';

export function defaultAttributes(fifo: boolean): QueueAttributes {
  return { ...DEFAULTS, ...(fifo && FIFO_DEFAULTS) };
}

export function isQueueAttribute(name: string): boolean {
  return name === 'All' || Object.hasOwn(SETTABLE, name) || DERIVED.includes(name);
}

const attributeName = (message: string): AwsError => new AwsError('InvalidAttributeName', message);

export const unknownAttribute = (name: string): AwsError => attributeName(`Unknown Attribute ${name}.`);

/** @throws AwsError InvalidAttributeName, InvalidAttributeValue */
export function checkAttributes(attributes: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const check = Object.hasOwn(SETTABLE, name) ? SETTABLE[name] : undefined;
    if (check === undefined || (!fifo && ONLY_FIFO.includes(name))) throw unknownAttribute(name);
    if (!fifo && OF_HIGH_THROUGHPUT.includes(name)) {
      throw attributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
    }
    if (value === '' && REMOVABLE.includes(name)) continue;
    if (check(value)) continue;
    throw invalidAttribute(name, name === 'FifoQueue' ? 'Modifying queue type is not supported.' : undefined);
  }
}

export function invalidAttribute(name: string, reason?: string): AwsError {
  const why = reason === undefined ? '' : ` Reason: ${reason}`;
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${why}`);
}

/**
 * The attributes once some are set: an empty text removes its attribute. A queue is encrypted by a key of KMS or by SQS
 * itself.
 *
 * @throws AwsError InvalidAttributeName where both are asked for
 */
export function changedAttributes(before: QueueAttributes, change: QueueAttributes): QueueAttributes {
  const { KmsMasterKeyId: key, SqsManagedSseEnabled: managed } = change;
  if (key && managed === 'true') {
    throw attributeName(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const encryption = {
    ...(key && { SqsManagedSseEnabled: 'false' }),
    ...(managed === 'true' && { KmsMasterKeyId: '' }),
  };
  const { KmsDataKeyReusePeriodSeconds: reuse = KEY_REUSE, ...after } = { ...before, ...change, ...encryption };
  const all = Object.entries({
    ...after,
    // It shows where it says something.
    ...((after.KmsMasterKeyId || reuse !== KEY_REUSE) && { KmsDataKeyReusePeriodSeconds: reuse }),
  });
  return Object.fromEntries(all.filter(([name, value]) => value !== '' || !REMOVABLE.includes(name)));
}

function isPolicy(value: string): boolean {
  try {
    parsePolicy(value, 'resource', 'any');
    return true;
  } catch (error) {
    if (error instanceof AwsError) throw invalidAttribute('Policy', error.message);
    throw error;
  }
}

function json(value: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = parseJson(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function isRedrivePolicy(value: string): boolean {
  const { deadLetterTargetArn, maxReceiveCount, ...others } = json(value) ?? {};
  return (
    typeof deadLetterTargetArn === 'string' &&
    parseQueueArn(deadLetterTargetArn) !== undefined &&
    integer(1, 1000)(String(maxReceiveCount)) &&
    Object.keys(others).length === 0
  );
}

function isRedriveAllowPolicy(value: string): boolean {
  const { redrivePermission, sourceQueueArns } = json(value) ?? {};
  if (redrivePermission === 'allowAll' || redrivePermission === 'denyAll') return sourceQueueArns === undefined;
  return redrivePermission === 'byQueue' && Array.isArray(sourceQueueArns) && sourceQueueArns.length <= 10;
}

/** True if a queue lets another one move messages to it. */
export function allowsRedrive(attributes: QueueAttributes, sourceArn: string): boolean {
  const { redrivePermission, sourceQueueArns } = json(attributes.RedriveAllowPolicy ?? '') ?? {};
  if (redrivePermission === 'denyAll') return false;
  return redrivePermission !== 'byQueue' || (Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn));
}
