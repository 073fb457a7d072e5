import { isFifo, parseQueueArn } from '../../core/queue-name.js';
import { PatternError } from '../../kit/event-pattern/pattern-error.js';
import { reasonOf } from '../../kit/event-pattern/pattern-reason.js';
import {
  AttributeFault,
  type AttributeRules,
  type Attributes,
  changedAttributes,
  IN_CREATION,
  readJson,
} from './attributes.js';
import { compileFilterPolicy } from './filter-policy.js';
import { checkFilterLimits } from './filter-policy-limits.js';
import { normalizedPolicy } from './http/delivery-policy.js';
import { isHttp, type SubscriptionRecord } from './subscription-record.js';

/** The subscription that has the attributes. */
type Subscribed = Pick<SubscriptionRecord, 'protocol' | 'endpoint' | 'topicArn'>;

const FLAGS = ['true', 'false'];

/** The attributes of a subscription that can be set ("SetSubscriptionAttributes" of the SNS API reference). */
const OF_SUBSCRIPTION: AttributeRules<Subscribed> = {
  RawMessageDelivery: {
    mayBeEmpty: true,
    normalize: (value) => (FLAGS.includes(value.toLowerCase()) ? value.toLowerCase() : value),
    check: (value, _all, { protocol }) => {
      if (!FLAGS.includes(value)) {
        throw new AttributeFault(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      }
      if (value === 'true' && protocol !== 'sqs' && !isHttp(protocol)) {
        throw new AttributeFault(`Delivery protocol [${protocol}] does not support raw message delivery.`, true);
      }
    },
  },
  FilterPolicyScope: {
    check: (value) => {
      if (value === 'MessageAttributes' || value === 'MessageBody') return;
      throw new AttributeFault(
        `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
      );
    },
  },
  FilterPolicy: {
    check: (value, { FilterPolicyScope = 'MessageAttributes' }) => {
      checkFilterLimits(readJson('FilterPolicy', value), FilterPolicyScope);
      try {
        compileFilterPolicy(value, FilterPolicyScope);
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        // SNS writes the policy anew before it looks through it.
        const written = JSON.stringify(JSON.parse(value));
        throw new AttributeFault(`FilterPolicy: ${reasonOf(error, written)}`);
      }
    },
  },
  RedrivePolicy: {
    check: (value, _all, { topicArn, endpoint }) => {
      readJson('RedrivePolicy', value);
      const queue = parseQueueArn(deadLetterArn(value) ?? '');
      if (queue === undefined) throw new AttributeFault('RedrivePolicy: deadLetterTargetArn is an invalid arn');
      const fifo = topicArn.endsWith('.fifo') && endpoint.endsWith('.fifo');
      if (fifo && !isFifo(queue)) {
        throw new AttributeFault(
          'RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
        );
      }
      if (!fifo && isFifo(queue)) {
        throw new AttributeFault('RedrivePolicy: deadLetterTargetArn is no ARN of a standard queue');
      }
    },
  },
  DeliveryPolicy: {
    check: (value, _all, { protocol }) => {
      if (!isHttp(protocol)) {
        throw new AttributeFault(`DeliveryPolicy: Delivery protocol [${protocol}] does not support a delivery policy.`);
      }
      readJson('DeliveryPolicy', value);
    },
    normalize: (value) => (isJson(value) ? normalizedPolicy(value) : value),
  },
  SubscriptionRoleArn: {
    check: (value, _all, { protocol }) => {
      if (protocol !== 'firehose' || !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)) {
        throw new AttributeFault('SubscriptionRoleArn');
      }
    },
  },
};

const UNSUPPORTED = ['ReplayPolicy'];

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** The attributes of a subscription when some are set. @throws AwsError InvalidParameter */
export function changedSubscriptionAttributes(
  subscription: Subscribed,
  before: Attributes | undefined,
  change: Attributes,
): Attributes {
  const prefix = before === undefined ? IN_CREATION : '';
  return changedAttributes(OF_SUBSCRIPTION, {
    before: before ?? {},
    change,
    context: subscription,
    unsupported: UNSUPPORTED,
    prefix,
  });
}

/** Where messages go that a subscription's endpoint did not take. */
export function deadLetterArn(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  try {
    const { deadLetterTargetArn } = Object(JSON.parse(redrivePolicy));
    return typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : undefined;
  } catch {
    return undefined;
  }
}
