import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { App, queue, topic } from 'goblet';
import * as z from 'zod';

const Order = z.object({ id: z.string(), state: z.string() });

export const app = new App('topics', {
  env: { ORDERS_ARN: String },
  sources: {
    orders: topic(Order),
    urgent: topic(Order, { filterPolicy: { priority: ['high'] } }),
    cancelled: topic(Order, { filterPolicy: { state: ['cancelled'] }, filterPolicyScope: 'MessageBody' }),
    wrapped: queue(topic(Order)),
    raw: queue(Order),
  },
  setup: () => ({ sns: new SNSClient({}) }),
});
app.post('/orders', { body: Order, status: 202 }, async ({ body, deps, env }) => {
  const { MessageId } = await deps.sns.send(
    new PublishCommand({ TopicArn: env.ORDERS_ARN, Subject: 'Order', Message: JSON.stringify(body) }),
  );
  return { id: MessageId };
});
app.on('orders', ({ records, log }) => {
  for (const { message, subject, topicArn } of records) {
    log.info(`orders ${message.id} ${message.state} ${subject ?? 'none'} ${topicArn.split(':').at(-1)}`);
  }
});
app.on('urgent', ({ records, log }) => {
  for (const { message, attributes } of records) log.info(`urgent ${message.id} ${attributes.priority}`);
});
app.on('cancelled', ({ records, log }) => {
  for (const { message } of records) {
    log.info(`cancelled ${message.id}`);
    if (message.id === 'poison') throw new Error('on purpose');
  }
});
app.on('wrapped', ({ records, log }) => {
  for (const { body } of records) log.info(`wrapped ${body.message.id} ${body.subject}`);
});
app.on('raw', ({ records, log }) => {
  for (const { body } of records) log.info(`raw ${body.id}`);
});
