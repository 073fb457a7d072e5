import { Goblet } from '@goblet/cdk';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { KinesisStream } from 'aws-cdk-lib/aws-events-targets';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'Streams');
const lost = new Queue(stack, 'Lost');
const clicks = new Stream(stack, 'Clicks', { shardCount: 2 });
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  environment: { STREAM_NAME: clicks.streamName },
  sources: { clicks: { stream: clicks, onFailure: new SqsDlq(lost) }, carts: { stream: clicks } },
});
clicks.grantWrite(goblet.handler);

const events = new Stream(stack, 'Events', { shardCount: 1 });
new Rule(stack, 'Everything', {
  eventBus: new EventBus(stack, 'Bus', { eventBusName: 'streamed' }),
  eventPattern: { source: ['shop'] },
  targets: [new KinesisStream(events)],
});

new CfnOutput(stack, 'LostUrl', { value: lost.queueUrl });
new CfnOutput(stack, 'StreamArn', { value: clicks.streamArn });
new CfnOutput(stack, 'EventsName', { value: events.streamName });
