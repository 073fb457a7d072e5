import { randomUUID } from 'node:crypto';
import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';
import { resourceContext } from '../fixtures/resource-context.js';
import { eventInvokeConfig } from '../resources/event-invoke-config.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:told';
const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:told';
const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:users';

const HANDLER = `export const handler = async (event) => {
  console.log('EVENT ' + JSON.stringify(event));
  if (event.fail) throw new Error('on purpose');
  return { got: event.number };
};`;

/** A cloud with the function `users` and the queue `told`. */
async function eventCloud(options: CloudOptions = {}) {
  const cloud = await lambdaCloud(options);
  const call = (service: string, operation: string, input: object) =>
    cloud.context.dispatch(service, operation, input, {
      ...SCOPE,
      principal: { kind: 'root', account: SCOPE.account },
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  await cloud.create('users', HANDLER);
  await call('sqs', 'CreateQueue', { QueueName: 'told' });
  return {
    ...cloud,
    call,
    configure: (settings: Partial<PutFunctionEventInvokeConfigCommandInput>) =>
      cloud.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'users', ...settings })),
    event: (event: object) =>
      cloud.client.send(
        new InvokeCommand({ FunctionName: 'users', InvocationType: 'Event', Payload: JSON.stringify(event) }),
      ),
    told: async () => {
      const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/told';
      const { Messages = [] } = await call('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 });
      return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
    },
    given: () =>
      cloud.events.flatMap((event) =>
        event.kind === 'log' && event.message.includes('EVENT ')
          ? [JSON.parse(event.message.slice(event.message.indexOf('EVENT ') + 6))]
          : [],
      ),
  };
}

test('a destination is told of an event that was handled, as AWS documents it', async () => {
  await using cloud = await eventCloud();
  await cloud.configure({ DestinationConfig: { OnSuccess: { Destination: QUEUE } } });
  await cloud.event({ number: 1 });
  expect(await cloud.told()).toEqual([
    {
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: `${FUNCTION}:$LATEST`,
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { number: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { got: 1 },
    },
  ]);
});

test('a destination is told of an event that failed as often as it may', async () => {
  await using cloud = await eventCloud();
  await cloud.configure({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: QUEUE } } });
  await cloud.event({ fail: true });
  expect(await cloud.told()).toMatchObject([
    {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { fail: true },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'on purpose' },
    },
  ]);
  expect(cloud.given()).toHaveLength(1);
});

test('an event that is too old is given up without another try', async () => {
  let late = 0;
  await using cloud = await eventCloud({ now: () => Date.now() + late });
  await cloud.configure({ MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } });
  await cloud.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'users', ReservedConcurrentExecutions: 0 }),
  );
  await cloud.event({ number: 1 });
  late = 61_000;
  expect(await cloud.told()).toMatchObject([
    { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 }, requestPayload: { number: 1 } },
  ]);
  expect(cloud.given()).toEqual([]);
});

test('a topic and a function are destinations too, and what they are not told is told in the terminal', async () => {
  await using cloud = await eventCloud();
  await cloud.create(
    'audit',
    `export const handler = async (event) => { console.log('EVENT ' + JSON.stringify(event)); };`,
  );
  await cloud.configure({ DestinationConfig: { OnSuccess: { Destination: FUNCTION.replace('users', 'audit') } } });
  await cloud.event({ number: 1 });
  await expect.poll(cloud.given).toMatchObject([{ number: 1 }, { requestPayload: { number: 1 } }]);
  await cloud.configure({ DestinationConfig: { OnSuccess: { Destination: TOPIC } } });
  await cloud.event({ number: 2 });
  const warnings = () =>
    cloud.events.flatMap((event) => (event.kind === 'warning' && event.message.includes(TOPIC) ? [event.message] : []));
  await expect.poll(warnings).toEqual([expect.stringContaining('Topic does not exist')]);
  await cloud.call('sns', 'CreateTopic', { Name: 'told' });
  await cloud.call('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE });
  await cloud.event({ number: 3 });
  expect(JSON.parse((await cloud.told())[0].Message)).toMatchObject({ requestPayload: { number: 3 } });
});

test('a configuration is put, changed in part, listed and deleted, and what is wrong is refused', async () => {
  await using cloud = await eventCloud();
  const { client } = cloud;
  const users = { FunctionName: 'users' };
  const get = () => client.send(new GetFunctionEventInvokeConfigCommand(users));
  const none = { name: 'ResourceNotFoundException' };
  await expect(get()).rejects.toMatchObject(none);
  const update = new UpdateFunctionEventInvokeConfigCommand({ ...users, MaximumEventAgeInSeconds: 60 });
  await expect(client.send(update)).rejects.toMatchObject(none);
  await cloud.configure({ MaximumRetryAttempts: 1 });
  await client.send(update);
  const expected = {
    LastModified: expect.any(Date),
    FunctionArn: `${FUNCTION}:$LATEST`,
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  };
  expect(await get()).toMatchObject(expected);
  expect(await client.send(new ListFunctionEventInvokeConfigsCommand(users))).toMatchObject({
    FunctionEventInvokeConfigs: [expected],
  });
  await client.send(new DeleteFunctionEventInvokeConfigCommand(users));
  await expect(get()).rejects.toMatchObject(none);
  await expect(cloud.configure({ MaximumRetryAttempts: 3 })).rejects.toThrow('less than or equal to 2');
  await expect(cloud.configure({ Qualifier: 'nowhere' })).rejects.toMatchObject(none);
  const Destination = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';
  await expect(cloud.configure({ DestinationConfig: { OnSuccess: { Destination } } })).rejects.toThrow(Destination);
});

test('a stack’s configuration is made, changed and deleted', async () => {
  await using cloud = await eventCloud();
  const context = resourceContext(cloud, 'Config');
  const get = () => cloud.client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'users' }));
  const plain = { FunctionName: 'users', Qualifier: '$LATEST' };
  await eventInvokeConfig.create('id', { ...plain, MaximumRetryAttempts: 0 }, context);
  expect(await get()).toMatchObject({ MaximumRetryAttempts: 0 });
  const aged = { ...plain, MaximumEventAgeInSeconds: 60 };
  await eventInvokeConfig.update('id', aged, plain, context);
  expect(await get()).toMatchObject({ MaximumEventAgeInSeconds: 60 });
  expect(await get()).not.toHaveProperty('MaximumRetryAttempts');
  await eventInvokeConfig.delete('id', aged, context);
  await eventInvokeConfig.delete('id', aged, context);
});
