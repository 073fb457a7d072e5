import { Goblet } from '@goblet/cdk';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'Queues');
const dead = new Queue(stack, 'Dead');
const jobs = new Queue(stack, 'Jobs', {
  visibilityTimeout: Duration.seconds(3),
  deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
});
const steps = new Queue(stack, 'Steps', { fifo: true, contentBasedDeduplication: true });
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  timeout: Duration.seconds(3),
  environment: { JOBS_URL: jobs.queueUrl },
  sources: { jobs, steps },
});
jobs.grantSendMessages(goblet.handler);

for (const [name, queue] of Object.entries({ Jobs: jobs, Steps: steps, Dead: dead })) {
  new CfnOutput(stack, `${name}Url`, { value: queue.queueUrl });
}
new CfnOutput(stack, 'JobsFunction', { value: goblet.functions.jobs?.functionName ?? '' });
