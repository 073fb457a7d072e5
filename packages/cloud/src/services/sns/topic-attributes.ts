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
  // Stored and answered; it is about HTTP endpoints, to which nothing is delivered.
  DeliveryPolicy: { check: (value) => void readJson('DeliveryPolicy', value) },
  // Stored and answered: nothing is encrypted here.
  KmsMasterKeyId: { check: () => {} },
  ContentBasedDeduplication: ofFifo('ContentBasedDeduplication', 'true', 'false'),
  FifoThroughputScope: ofFifo('FifoThroughputScope', 'Topic', 'MessageGroup'),
};

const UNSUPPORTED = ['ArchivePolicy', 'DataProtectionPolicy'];

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
    unsupported: UNSUPPORTED,
    prefix,
  });
}
