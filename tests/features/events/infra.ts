import { Goblet } from '@goblet/cdk';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'Events');
const eventBus = new EventBus(stack, 'Shop');
const dead = new Queue(stack, 'Dead');
const copies = new Queue(stack, 'Copies', { visibilityTimeout: Duration.seconds(3) });
const words = new Queue(stack, 'Words');
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  timeout: Duration.seconds(3),
  environment: { BUS_NAME: eventBus.eventBusName },
  sources: {
    placed: { eventBus, deadLetterQueue: dead },
    lost: EventBus.fromEventBusName(stack, 'Default', 'default'),
    copies,
  },
});
eventBus.grantPutEventsTo(goblet.handler);
new Rule(stack, 'ToQueues', {
  eventBus,
  eventPattern: { source: ['shop'] },
  targets: [
    new SqsQueue(copies),
    new SqsQueue(words, {
      message: RuleTargetInput.fromText(`order ${EventField.fromPath('$.detail.order')} by ${EventField.source}`),
    }),
  ],
});

new CfnOutput(stack, 'WordsUrl', { value: words.queueUrl });
new CfnOutput(stack, 'DeadUrl', { value: dead.queueUrl });
new CfnOutput(stack, 'BusName', { value: eventBus.eventBusName });
new CfnOutput(stack, 'PlacedFunction', { value: goblet.functions.placed?.functionName ?? '' });
new CfnOutput(stack, 'NightlyFunction', { value: goblet.functions.nightly?.functionName ?? '' });
