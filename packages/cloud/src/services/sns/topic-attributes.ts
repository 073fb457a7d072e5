import { AwsError } from '../../core/aws-error.js';
import { parsePolicy } from '../../iam/index.js';
import {
  AttributeFault,
  type AttributeRule,
  type AttributeRules,
  type Attributes,
  changedAttributes,
  IN_CREATION,
  oneOf,
  readJson,
} from './attributes.js';
import { LOGGED_PROTOCOLS } from './delivery-status.js';
import { invalidParameter } from './sns-error.js';
import { isFifoTopic, type TopicName } from './topic-name.js';

const LONGEST_DISPLAY_NAME = 100;

/** The attributes of a topic that can be set ("SetTopicAttributes" of the SNS API reference). */
const OF_TOPIC: AttributeRules<TopicName> = {
  DisplayName: {
    mayBeEmpty: true,
    check: (value) => {
      if (value.length > LONGEST_DISPLAY_NAME) throw new AttributeFault('DisplayName');
    },
  },
  Policy: { check: checkPolicy },
  SignatureVersion: oneOf('SignatureVersion', '1', '2'),
  // Stored and answered; nothing here is traced.
  TracingConfig: oneOf('TracingConfig', 'PassThrough', 'Active'),
  DeliveryPolicy: { check: (value) => void readJson('DeliveryPolicy', value) },
  KmsMasterKeyId: { check: () => {} },
  // Stored and answered: no message is archived, as none can be replayed.
  ArchivePolicy: { check: checkArchivePolicy },
  ContentBasedDeduplication: ofFifo('ContentBasedDeduplication', 'true', 'false'),
  FifoThroughputScope: ofFifo('FifoThroughputScope', 'Topic', 'MessageGroup'),
  ...Object.fromEntries(
    LOGGED_PROTOCOLS.flatMap((protocol) => [
      [`${protocol}SuccessFeedbackRoleArn`, isRole(`${protocol}SuccessFeedbackRoleArn`)],
      [`${protocol}SuccessFeedbackSampleRate`, isPercentage(`${protocol}SuccessFeedbackSampleRate`)],
      [`${protocol}FailureFeedbackRoleArn`, isRole(`${protocol}FailureFeedbackRoleArn`)],
    ]),
  ),
};

/** Days */
const LONGEST_ARCHIVE = 365;
/** Characters */
const LONGEST_DATA_PROTECTION = 30_720;

function checkArchivePolicy(value: string, _all: Attributes, topic: TopicName): void {
  if (!isFifoTopic(topic)) throw new AttributeFault('ArchivePolicy', true);
  const { MessageRetentionPeriod: days } = readJson('ArchivePolicy', value);
  if (!(Number(days) >= 1 && Number(days) <= LONGEST_ARCHIVE)) {
    throw new AttributeFault(`ArchivePolicy: Invalid MessageRetentionPeriod [${days}]. Must be between 1 and 365.`);
  }
}

/** @throws AwsError InvalidParameter for what is no data protection policy; an empty text takes the policy away */
export function checkDataProtection(policy: string): void {
  if (policy === '') return;
  try {
    readJson('DataProtectionPolicy', policy);
  } catch (error) {
    if (error instanceof AttributeFault) throw invalidParameter(error.message);
    throw error;
  }
  if (policy.length > LONGEST_DATA_PROTECTION) throw invalidParameter('DataProtectionPolicy');
}

function isRole(name: string): AttributeRule<TopicName> {
  return {
    check: (value) => {
      if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)) throw new AttributeFault(name);
    },
  };
}

function isPercentage(name: string): AttributeRule<TopicName> {
  return {
    check: (value) => {
      if (!/^(?:100|\d{1,2})$/.test(value)) throw new AttributeFault(name);
    },
  };
}

function ofFifo(name: string, ...values: readonly string[]): AttributeRule<TopicName> {
  const { check } = oneOf<TopicName>(name, ...values);
  return {
    check: (value, all, topic) => {
      if (!isFifoTopic(topic)) throw new AttributeFault(name, true);
      check(value, all, topic);
    },
  };
}

function checkPolicy(value: string): void {
  try {
    parsePolicy(value, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw new AttributeFault(`Policy Error: ${error.message}`, true);
    throw error;
  }
}

/** The attributes of a topic when some are set. @throws AwsError InvalidParameter */
export function changedTopicAttributes(
  topic: TopicName,
  before: Attributes | undefined,
  change: Attributes,
): Attributes {
  const prefix = before === undefined ? IN_CREATION : '';
  return changedAttributes(OF_TOPIC, {
    before: before ?? {},
    change,
    context: topic,
    unsupported: [],
    prefix,
  });
}
