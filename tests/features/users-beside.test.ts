import { ACM } from '@aws-sdk/client-acm';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

let deployed: DeployedApp;

beforeAll(async () => {
  deployed = await DeployedApp.deploy('tests/features/users-beside/infra.ts', {}, { durable: true });
});
afterAll(async () => {
  await deployed?.[Symbol.asyncDispose]();
});

const url = (path = '') => `${deployed.output('Beside')}users${path}`;
const create = (username: string) =>
  fetch(url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, email: `${username}@example.com` }),
  });
const statuses = (names: readonly string[]) =>
  Promise.all(names.map(async (name) => [name, (await fetch(url(`/${name}`))).status]));

test('the users service answers over HTTP beside a VPC, a zone, a certificate, a queue and a secret of its stack', async () => {
  expect((await create('john')).status).toBe(201);
  expect((await create('john')).status).toBe(409);
  expect(await (await fetch(url('/john'))).json()).toEqual({ username: 'john', email: 'john@example.com' });
  await deployed.cloud.printed(/Only recorded here, nothing of it runs: .*AWS::EC2::/);
});

test('the certificate is issued, the queue takes messages and the secret has its value', async () => {
  const config = await deployed.clientConfig();
  const output = (name: string) => deployed.output('Beside', name);
  const { Certificate } = await new ACM(config).describeCertificate({ CertificateArn: output('CertificateArn') });
  expect(Certificate?.Status).toBe('ISSUED');
  const queue = new SQS(config);
  await queue.sendMessage({ QueueUrl: output('QueueUrl'), MessageBody: 'job' });
  const { Messages = [] } = await queue.receiveMessage({ QueueUrl: output('QueueUrl'), WaitTimeSeconds: 5 });
  expect(Messages.map(({ Body }) => Body)).toEqual(['job']);
  const { SecretString } = await new SecretsManager(config).getSecretValue({ SecretId: output('SecretArn') });
  expect(SecretString).toMatch(/^\w{24}$/);
});

test('every user who was acknowledged is there after the cloud was killed in the midst of requests', async () => {
  const acknowledged: string[] = [];
  let isKilled = false;
  const work = async (worker: number) => {
    for (let count = 0; !isKilled; count++) {
      const name = `user-${worker}-${count}`;
      const status = await create(name).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 201) acknowledged.push(name);
    }
  };
  const working = [1, 2, 3].map(work);
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(15);
  const restarting = deployed.killAndRestart();
  isKilled = true;
  await Promise.all(working);
  await restarting;
  expect(await statuses(acknowledged)).toEqual(acknowledged.map((name) => [name, 200]));
});
