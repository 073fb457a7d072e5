import { defined } from '../../../core/defined.js';
import type { Attributes } from '../attributes.js';

type Json = Readonly<Record<string, unknown>>;

/** How often an HTTP endpoint is tried again, and when. Delays are in seconds. */
export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: string;
}

/** AWS's, where policies say nothing ("Amazon SNS message delivery retries" of the developer guide). */
const DEFAULT_RETRIES: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const DEFAULT_REQUEST = { headerContentType: 'text/plain; charset=UTF-8' };

/** The members of a stored policy, which was checked when it was set. */
const read = (policy: string | undefined): Json => (policy === undefined ? {} : JSON.parse(policy));
const objectIn = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {});

/** The delivery policy of a topic with AWS's defaults where it says nothing. */
export function topicPolicy(policy: string | undefined) {
  const http = objectIn(read(policy).http);
  return {
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT_RETRIES, ...objectIn(http.defaultHealthyRetryPolicy) },
      disableSubscriptionOverrides: http.disableSubscriptionOverrides ?? false,
      ...defined({ defaultThrottlePolicy: http.defaultThrottlePolicy }),
      defaultRequestPolicy: { ...DEFAULT_REQUEST, ...objectIn(http.defaultRequestPolicy) },
    },
  };
}

/** A subscription's delivery policy in the form in which SNS keeps it. */
export function normalizedPolicy(policy: string): string {
  const { healthyRetryPolicy, throttlePolicy, requestPolicy } = read(policy);
  return JSON.stringify({
    healthyRetryPolicy: healthyRetryPolicy ? { ...DEFAULT_RETRIES, ...objectIn(healthyRetryPolicy) } : null,
    sicklyRetryPolicy: null,
    throttlePolicy: throttlePolicy ?? null,
    requestPolicy: requestPolicy ?? null,
    guaranteed: false,
  });
}

/** The policy that counts for a subscription: its own, unless the topic's says that there are none, else the topic's. */
export function effectivePolicy(ofSubscription: Attributes, ofTopic: Attributes) {
  const { http } = topicPolicy(ofTopic.DeliveryPolicy);
  const own = http.disableSubscriptionOverrides === true ? {} : read(ofSubscription.DeliveryPolicy);
  return {
    healthyRetryPolicy: { ...http.defaultHealthyRetryPolicy, ...objectIn(own.healthyRetryPolicy) } as RetryPolicy,
    sicklyRetryPolicy: null,
    throttlePolicy: own.throttlePolicy ?? http.defaultThrottlePolicy ?? null,
    requestPolicy: { ...http.defaultRequestPolicy, ...objectIn(own.requestPolicy) },
    guaranteed: false,
  };
}

/**
 * Milliseconds after which an endpoint is tried again that did not take a message; undefined once it is given up. The
 * phases are: at once, shortly after, backing off, and at the longest delay.
 *
 * @param failures tries that have failed
 */
export function retryDelay(policy: RetryPolicy, failures: number): number | undefined {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  if (failures > numRetries) return undefined;
  if (failures <= numNoDelayRetries) return 0;
  const afterMin = numNoDelayRetries + numMinDelayRetries;
  if (failures <= afterMin) return policy.minDelayTarget * 1000;
  const last = numRetries - numMaxDelayRetries;
  return failures > last ? policy.maxDelayTarget * 1000 : 1000 * backoff(policy, failures - afterMin, last - afterMin);
}

/** Seconds before the nth of some tries whose delays grow from the shortest to the longest. */
function backoff({ minDelayTarget: min, maxDelayTarget: max, backoffFunction }: RetryPolicy, n: number, count: number) {
  if (count <= 1) return min;
  const part = (n - 1) / (count - 1);
  switch (backoffFunction) {
    case 'arithmetic':
      return min + (max - min) * part ** 2;
    case 'geometric':
      return min * (max / min) ** part;
    case 'exponential':
      return Math.min(max, min * 2 ** (n - 1));
    default:
      return min + (max - min) * part;
  }
}
