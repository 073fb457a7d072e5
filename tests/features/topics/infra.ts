import { Goblet } from '@goblet/cdk';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { app as service } from './app.js';

const app = new App();
const stack = new Stack(app, 'Topics');
const orders = new Topic(stack, 'Orders', { displayName: 'Orders', enforceSSL: true });
const dead = new Queue(stack, 'Dead');
const wrapped = new Queue(stack, 'Wrapped');
const raw = new Queue(stack, 'Raw');
orders.addSubscription(new SqsSubscription(wrapped));
orders.addSubscription(new SqsSubscription(raw, { rawMessageDelivery: true }));
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  environment: { ORDERS_ARN: orders.topicArn },
  sources: { orders: { topic: orders, deadLetterQueue: dead }, urgent: orders, cancelled: orders, wrapped, raw },
});
orders.grantPublish(goblet.handler);

new CfnOutput(stack, 'OrdersArn', { value: orders.topicArn });
new CfnOutput(stack, 'DeadUrl', { value: dead.queueUrl });
new CfnOutput(stack, 'OrdersFunction', { value: goblet.functions.orders?.functionName ?? '' });
