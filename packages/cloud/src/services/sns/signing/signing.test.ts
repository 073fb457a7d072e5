import { createVerify, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { testCloud } from '../../../testing/index.js';

type Notification = Readonly<Record<string, string>>;

/** A topic with a queue, and the notification that a message becomes. */
async function publisher(options: CloudOptions = {}, Attributes: Record<string, string> = {}) {
  const cloud = await testCloud({ iam: 'off', ...options });
  const sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders', Attributes }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const Endpoint = 'arn:aws:sqs:eu-west-1:000000000000:jobs';
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return {
    ...cloud,
    notification: async (Message: string, Subject?: string): Promise<Notification> => {
      await sns.send(new PublishCommand({ TopicArn, Message, Subject }));
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
      return JSON.parse(Messages[0]?.Body ?? '{}');
    },
  };
}

/** What "Verifying the signatures of Amazon SNS messages" says that a receiver does. */
async function isGenuine(message: Notification): Promise<boolean> {
  const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
  const text = names.flatMap((name) => (name in message ? [`${name}\n${message[name]}\n`] : [])).join('');
  const pem = await (await fetch(message.SigningCertURL ?? '')).text();
  const algorithm = message.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1';
  return createVerify(algorithm)
    .update(text, 'utf8')
    .verify(new X509Certificate(pem).publicKey, message.Signature ?? '', 'base64');
}

test.each(['1', '2'])(
  'a receiver verifies notifications of signature version %s by the certificate',
  async (version) => {
    await using cloud = await publisher({}, { SignatureVersion: version });
    for (const subject of [undefined, 'Greeting']) {
      const message = await cloud.notification('hello', subject);
      expect(message.SignatureVersion).toBe(version);
      expect(await isGenuine(message)).toBe(true);
      expect(await isGenuine({ ...message, Message: 'hullo' })).toBe(false);
    }
  },
);

test('the certificate is of its own key, valid now, and the only one that is served', async () => {
  await using cloud = await publisher();
  const { SigningCertURL = '' } = await cloud.notification('hello');
  const certificate = new X509Certificate(await (await fetch(SigningCertURL)).text());
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe('CN=sns.amazonaws.com');
  expect(Date.parse(certificate.validFrom)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  const other = SigningCertURL.replace(/-[0-9a-f]{32}/, `-${'0'.repeat(32)}`);
  expect((await fetch(other)).status).toBe(404);
});

test('a data folder keeps its key', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-sns-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const certificates: string[] = [];
  for (let run = 0; run < 2; run++) {
    await using cloud = await publisher({ ephemeral: false, dataFolder });
    const { SigningCertURL = '' } = await cloud.notification('hello');
    certificates.push(await (await fetch(SigningCertURL)).text());
  }
  expect(certificates[0]).toBe(certificates[1]);
});
