import { Goblet } from '@goblet/cdk';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'Topics');
const orders = new Topic(stack, 'Orders', { displayName: 'Orders', enforceSSL: true });
const dead = new Queue(stack, 'Dead');
const wrapped = new Queue(stack, 'Wrapped');
const raw = new Queue(stack, 'Raw');
const failed = new Queue(stack, 'Failed');
const handled = new Queue(stack, 'Handled');
orders.addSubscription(new SqsSubscription(wrapped));
orders.addSubscription(new SqsSubscription(raw, { rawMessageDelivery: true }));
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  environment: { ORDERS_ARN: orders.topicArn },
  sources: {
    orders: { topic: orders, deadLetterQueue: dead },
    urgent: orders,
    cancelled: {
      topic: orders,
      retryAttempts: 0,
      onFailure: new SqsDestination(failed),
      onSuccess: new SqsDestination(handled),
    },
    wrapped,
    raw,
  },
});
orders.grantPublish(goblet.handler);

new CfnOutput(stack, 'OrdersArn', { value: orders.topicArn });
for (const [name, queue] of Object.entries({ Dead: dead, Failed: failed, Handled: handled })) {
  new CfnOutput(stack, `${name}Url`, { value: queue.queueUrl });
}
new CfnOutput(stack, 'OrdersFunction', { value: goblet.functions.orders?.functionName ?? '' });
