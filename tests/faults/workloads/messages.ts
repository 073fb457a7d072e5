import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Ledger } from '../ledger.js';
import type { Target, Workload } from '../workload.js';

type Sent = 'unsent' | 'sent' | 'deleted';

/** Messages that are sent, and of which every third is received and deleted. */
export function messages(): Workload {
  const ledgers = new Map<string, Ledger<Sent>>();
  let number = 0;
  const urlOf = async (client: SQSClient): Promise<string> => {
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'messages' }));
    if (QueueUrl === undefined) throw new Error('no queue');
    return QueueUrl;
  };
  /** Receives without hiding, so that what is not deleted is there for the next. */
  const receive = async (client: SQSClient, QueueUrl: string) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 })))
      .Messages ?? [];

  async function drain(target: Target): Promise<Set<string>> {
    const client = new SQSClient(target);
    const QueueUrl = await urlOf(client);
    const bodies = new Set<string>();
    for (;;) {
      const received = await receive(client, QueueUrl);
      if (received.length === 0) return bodies;
      for (const { Body, ReceiptHandle } of received) {
        bodies.add(String(Body));
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  }

  return {
    name: 'messages',
    work: async (target, acknowledged) => {
      const client = new SQSClient(target);
      const QueueUrl = await urlOf(client);
      for (let n = 0; n < 3; n++) {
        const body = `message ${++number}`;
        const ledger = new Ledger<Sent>(body, 'unsent');
        ledgers.set(body, ledger);
        await ledger.change('sent', () => client.send(new SendMessageCommand({ QueueUrl, MessageBody: body })));
        acknowledged();
      }
      const [message] = await receive(client, QueueUrl);
      const ledger = ledgers.get(String(message?.Body));
      if (ledger === undefined) throw new Error(`received ${message?.Body ?? 'nothing'}, which was not sent`);
      const command = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
      await ledger.change('deleted', () => client.send(command));
      acknowledged();
    },
    verify: async (target) => {
      const found = await drain(target);
      for (const [body, ledger] of ledgers) {
        if (found.has(body)) ledger.settle('sent');
        else if (ledger.acknowledged === 'unsent') ledger.settle('unsent');
        else ledger.settle('deleted');
      }
      ledgers.clear();
    },
  };
}
