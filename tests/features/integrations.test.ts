import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import { Feature } from './feature.js';

let app: Feature;

beforeAll(async () => {
  app = await Feature.deployed('Integrations');
});

const output = (name: string): string => app.output(name);

async function answer(path: string, init?: RequestInit): Promise<readonly [status: number, body: string]> {
  const response = await fetch(`${output('Url')}${path}`, init);
  return [response.status, await response.text()];
}

const post = (body: string) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('an order reaches the queue if the model takes it, and no other does', async () => {
  expect(await answer('orders', post('{"id": "7"}'))).toEqual([400, '{"message":"Invalid request body"}']);
  expect(await answer('orders', post('{"id": 7}'))).toEqual([200, '{"queued": true}']);
  const queues = new SQSClient(app.clientConfig);
  const { Messages } = await queues
    .send(new ReceiveMessageCommand({ QueueUrl: output('QueueUrl'), MaxNumberOfMessages: 10 }))
    .finally(() => queues.destroy());
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"id": 7}']);
});

test("a table answers by a mapping template, as far as the integration's role may ask it", async () => {
  const tables = new DynamoDBClient(app.clientConfig);
  const Item = { id: { S: 'ann' }, name: { S: 'Ann' } };
  await tables.send(new PutItemCommand({ TableName: output('TableName'), Item })).finally(() => tables.destroy());
  expect(await answer('users/ann')).toEqual([200, '{"name": "Ann"}']);
  expect(await answer('users/bob')).toEqual([200, '{"name": "", "unknown": true}']);
  expect((await answer('users/ann', { method: 'DELETE' }))[0]).toBe(404);
});

test('a function is invoked without its proxy, and its error selects the response', async () => {
  expect(await answer('greet/ann')).toEqual([200, '{"hello":"ann"}']);
  expect((await answer('greet/nobody'))[0]).toBe(404);
});

test('a request goes on to the address of an HTTP integration', async () => {
  const [status, body] = await answer('remote/a/b?c=1');
  expect([status, JSON.parse(body)]).toEqual([200, { rawPath: '/a/b', rawQueryString: 'c=1' }]);
});
