import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Feature } from './feature.js';

let app: Feature;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('TableStreams');
  clientConfig = app.clientConfig;
});

const LONG = { timeout: 20_000 };

/** What the handlers have logged of a user, oldest first, as the terminal shows it. */
const lines = (name: string) =>
  [...app.shown.matchAll(/(change \w+|joined) (\w+)(?: (\w+) (\w+))?/g)]
    .filter(([, , user]) => user === name)
    .map(([line]) => line);

async function put(name: string, age: number): Promise<void> {
  const dynamodb = new DynamoDBClient(clientConfig);
  const Item = { name: { S: name }, age: { N: String(age) } };
  await dynamodb
    .send(new PutItemCommand({ TableName: app.output('TableName'), Item }))
    .finally(() => dynamodb.destroy());
}

test('what a route writes to a table reaches the functions of the table’s stream, in order', LONG, async () => {
  const answer = await fetch(`${app.output()}users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'john', age: 20 }),
  });
  expect(answer.status).toBe(201);
  await put('john', 21);
  const dynamodb = new DynamoDBClient(clientConfig);
  const Key = { name: { S: 'john' } };
  await dynamodb.send(new DeleteItemCommand({ TableName: app.output('TableName'), Key }));
  dynamodb.destroy();
  await expect
    .poll(() => lines('john').filter((line) => line.startsWith('change')), LONG)
    .toEqual(['change INSERT john none 20', 'change MODIFY john 20 21', 'change REMOVE john 21 21']);
});

test('a function whose filter leaves records out gets the others alone', LONG, async () => {
  await put('anna', 30);
  await put('anna', 31);
  await put('bert', 30);
  const joined = () => ['anna', 'bert'].flatMap(lines).filter((line) => line.startsWith('joined'));
  await expect.poll(joined, LONG).toEqual(['joined anna', 'joined bert']);
});

test('a record that its handler gives back is tried again, then the queue of lost records is told', LONG, async () => {
  await put('poison', 1);
  const sqs = new SQSClient(clientConfig);
  const QueueUrl = app.output('LostUrl');
  const { Messages = [] } = await sqs
    .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 15 }))
    .finally(() => sqs.destroy());
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: app.output('StreamArn') },
    },
  ]);
  await expect.poll(() => lines('poison').filter((line) => line.startsWith('change')), LONG).toHaveLength(2);
  await put('behind', 2);
  await expect.poll(() => lines('behind'), LONG).toContain('change INSERT behind none 2');
});

test('the mappings are as the construct declares them, and no leave was wanting', LONG, async () => {
  const lambda = new LambdaClient(clientConfig);
  const FunctionName = app.output('ChangesFunction');
  const { EventSourceMappings } = await lambda
    .send(new ListEventSourceMappingsCommand({ FunctionName }))
    .finally(() => lambda.destroy());
  expect(EventSourceMappings).toMatchObject([
    {
      State: 'Enabled',
      StartingPosition: 'TRIM_HORIZON',
      ParallelizationFactor: 2,
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  ]);
  expect(app.shown).not.toContain('not authorized');
});
