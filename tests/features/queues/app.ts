import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, queue } from 'goblet';
import * as z from 'zod';

const Job = z.object({ job: z.string() });

export const app = new App('queues', {
  env: { JOBS_URL: String },
  sources: { jobs: queue(Job, { batchSize: 5 }), steps: queue(String) },
  setup: () => ({ sqs: new SQSClient({}) }),
});
app.post('/jobs', { body: Job, status: 202 }, async ({ body, deps, env }) => {
  const { MessageId } = await deps.sqs.send(
    new SendMessageCommand({ QueueUrl: env.JOBS_URL, MessageBody: JSON.stringify(body) }),
  );
  return { id: MessageId };
});
app.on('jobs', ({ records, log }) => {
  for (const { body, attempts, fail } of records) {
    log.info(`job ${body.job}, attempt ${attempts}`);
    if (body.job === 'poison') fail('on purpose');
  }
});
app.on('steps', ({ records, log }) => {
  for (const { body, group } of records) log.info(`step ${group} ${body}`);
});
