import { expect, test } from 'vitest';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudEvent } from '../../../core/cloud.js';
import { testCloud } from '../../../testing/index.js';
import { scheduledEvent } from '../rules/scheduled-event.js';
import type { Target } from '../targets/target.js';
import { Deliveries } from './deliveries.js';

const RULE = { account: '000000000000', region: 'eu-west-1', bus: 'default', name: 'orders' };
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000';

/** Deliveries to queues that answer as told, by a clock that goes on ten minutes each time it is asked. */
async function deliver(target: Partial<Target>, ...answers: (Error | undefined)[]) {
  const cloud = await testCloud({ services: [] });
  const sent: { QueueUrl: string; MessageAttributes?: Record<string, { StringValue: string }> }[] = [];
  const warnings: CloudEvent[] = [];
  let now = Date.now();
  const deliveries = new Deliveries({
    ...cloud.context,
    now: () => (now += 600_000),
    emit: (event) => warnings.push(event),
    dispatch: async (_service, _operation, input) => {
      sent.push(input as (typeof sent)[number]);
      const error = answers.shift();
      if (error) throw error;
      return Object.create(null);
    },
  });
  const targets = [{ Id: 'a', Arn: `${QUEUE}:orders`, DeadLetterConfig: { Arn: `${QUEUE}:dead` }, ...target }];
  const rule = { ...RULE, enabled: true, tags: {}, since: 0, targets };
  await deliveries.accept([rule], scheduledEvent(RULE, 0));
  return {
    warnings,
    queues: () => sent.map(({ QueueUrl }) => QueueUrl.split('/').at(-1)),
    deadLetter: () => {
      const attributes = Object.entries(sent.at(-1)?.MessageAttributes ?? {});
      return Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue]));
    },
    [Symbol.asyncDispose]: async () => {
      deliveries.stop();
      await cloud[Symbol.asyncDispose]();
    },
  };
}

const busy = new AwsError('RequestThrottled', 'slow down');

test('what may pass is tried again, until it has passed', async () => {
  await using deliveries = await deliver({}, busy, new Error('broken'), new AwsError('InternalFailure', 'x', 500));
  await expect.poll(deliveries.queues).toEqual(['orders', 'orders', 'orders', 'orders']);
  expect(deliveries.warnings).toEqual([]);
});

test('after the tries of its policy an event is in the dead-letter queue, with why and how often it was tried', async () => {
  await using deliveries = await deliver({ RetryPolicy: { MaximumRetryAttempts: 2 } }, busy, busy, busy);
  await expect.poll(deliveries.queues).toEqual(['orders', 'orders', 'orders', 'dead']);
  expect(deliveries.deadLetter()).toEqual({
    RULE_ARN: 'arn:aws:events:eu-west-1:000000000000:rule/orders',
    TARGET_ARN: `${QUEUE}:orders`,
    ERROR_CODE: 'THROTTLING',
    ERROR_MESSAGE: 'slow down',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    RETRY_ATTEMPTS: '2',
  });
});

test('an event that is too old is not tried again', async () => {
  await using deliveries = await deliver({ RetryPolicy: { MaximumEventAgeInSeconds: 60 } }, busy);
  await expect.poll(deliveries.queues).toEqual(['orders', 'dead']);
  expect(deliveries.deadLetter()).toMatchObject({
    EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    RETRY_ATTEMPTS: '0',
  });
});

test('what will not pass is not tried again', async () => {
  await using deliveries = await deliver({}, new AwsError('QueueDoesNotExist', 'gone'));
  await expect.poll(deliveries.queues).toEqual(['orders', 'dead']);
  expect(deliveries.deadLetter()).toMatchObject({ ERROR_CODE: 'NO_RESOURCE', ERROR_MESSAGE: 'gone' });
});
