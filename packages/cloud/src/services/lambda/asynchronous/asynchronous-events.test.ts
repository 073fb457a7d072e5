import { randomUUID } from 'node:crypto';
import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeAsyncCommand,
  InvokeCommand,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionConfigurationCommand,
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
  // The log comes by a way of its own.
  await expect.poll(cloud.given).toHaveLength(1);
});

test('the older form of an asynchronous invocation is taken too', async () => {
  await using cloud = await eventCloud();
  const output = await cloud.client.send(new InvokeAsyncCommand({ FunctionName: 'users', InvokeArgs: '{"number":1}' }));
  expect(output).toMatchObject({ Status: 202 });
  await expect.poll(cloud.given).toEqual([{ number: 1 }]);
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
  await expect(cloud.configure({ Qualifier: 'nowhere', MaximumRetryAttempts: 1 })).rejects.toMatchObject(none);
});

// As recorded of AWS by the tests of LocalStack (test_lambda_eventinvokeconfig_exceptions, 2025-11).
test.each([
  [undefined, 'You must specify at least one of error handling or destination setting.'],
  [`${FUNCTION}s`, `The destination ARN ${FUNCTION}s is invalid.`],
  [FUNCTION, "You can't specify the function as a destination for itself."],
  [
    FUNCTION.replace(':lambda:', ':iam:'),
    `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${FUNCTION.replace(':lambda:', ':iam:')}), onFailure=null) is invalid.`,
  ],
  ['arn:aws:s3:::told', expect.stringMatching(/^The provided destination config /)],
])('%s is no destination of events that were handled', async (Destination, message) => {
  await using cloud = await eventCloud();
  const settings = Destination === undefined ? {} : { DestinationConfig: { OnSuccess: { Destination } } };
  await expect(cloud.configure(settings)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message });
});

test('a destination without an address is none', async () => {
  await using cloud = await eventCloud();
  expect(await cloud.configure({ DestinationConfig: { OnSuccess: {} } })).toMatchObject({
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
});

// test_invoke_lambda_eventbridge, 2025-11.
test('an event bus is told as AWS tells it, of what was handled and of what was not', async () => {
  await using cloud = await eventCloud();
  const bus = 'arn:aws:events:eu-west-1:000000000000:event-bus/audit';
  await cloud.call('events', 'CreateEventBus', { Name: 'audit' });
  await cloud.call('events', 'PutRule', { Name: 'all', EventBusName: 'audit', EventPattern: '{"source":["lambda"]}' });
  await cloud.call('events', 'PutTargets', {
    Rule: 'all',
    EventBusName: 'audit',
    Targets: [{ Id: 'told', Arn: QUEUE }],
  });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE },
    ],
  });
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/told';
  await cloud.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  const Destination = { Destination: bus };
  await cloud.configure({
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnSuccess: Destination, OnFailure: Destination },
  });
  for (const [event, kind, condition] of [
    [{ number: 1 }, 'Success', 'Success'],
    [{ fail: true }, 'Failure', 'RetriesExhausted'],
  ] as const) {
    await cloud.event(event);
    expect(await cloud.told()).toMatchObject([
      {
        source: 'lambda',
        'detail-type': `Lambda Function Invocation Result - ${kind}`,
        account: '000000000000',
        resources: [bus, `${FUNCTION}:$LATEST`],
        detail: {
          version: '1.0',
          requestContext: { condition, functionArn: `${FUNCTION}:$LATEST` },
          requestPayload: event,
        },
      },
    ]);
  }
});

test('a bucket keeps what was not handled, under the function and the day', async () => {
  await using cloud = await eventCloud();
  await cloud.call('s3', 'CreateBucket', {
    Bucket: 'told',
    CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
  });
  await cloud.configure({
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::told' } },
  });
  await cloud.event({ fail: true });
  const keys = async (): Promise<string[]> => {
    const { Contents = [] } = await cloud.call('s3', 'ListObjectsV2', { Bucket: 'told' });
    return Contents.map(({ Key }: { Key: string }) => Key);
  };
  const key = /^aws\/lambda\/async\/users\/(\d{4})\/(\d\d)\/(\d\d)\/\1-\2-\3T\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/;
  await expect.poll(keys).toEqual([expect.stringMatching(key)]);
});

// test_dead_letter_queue, 2025-11.
test('a dead-letter queue gets the event as it came, and what went wrong in attributes', async () => {
  await using cloud = await eventCloud();
  const configured = (DeadLetterConfig: object) =>
    cloud.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'users', DeadLetterConfig }));
  expect(await configured({ TargetArn: QUEUE })).toMatchObject({ DeadLetterConfig: { TargetArn: QUEUE } });
  await cloud.configure({ MaximumRetryAttempts: 0 });
  await cloud.event({ number: 1 });
  await cloud.event({ fail: true });
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/told';
  const { Messages } = await cloud.call('sqs', 'ReceiveMessage', {
    QueueUrl,
    WaitTimeSeconds: 5,
    MessageAttributeNames: ['All'],
  });
  expect(Messages).toMatchObject([
    {
      Body: '{"fail":true}',
      MessageAttributes: {
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'on purpose' },
        RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    },
  ]);
  // Nothing given changes nothing; an empty target takes it away.
  expect(await configured({})).toMatchObject({ DeadLetterConfig: { TargetArn: QUEUE } });
  expect(await configured({ TargetArn: '' })).not.toHaveProperty('DeadLetterConfig');
});

test('a dead-letter topic gets it too, and anything else is refused', async () => {
  await using cloud = await eventCloud();
  await cloud.call('sns', 'CreateTopic', { Name: 'told' });
  await cloud.call('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE });
  const deadLetters = (TargetArn: string) =>
    cloud.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'users', DeadLetterConfig: { TargetArn } }),
    );
  await expect(deadLetters(FUNCTION)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await deadLetters(TOPIC);
  await cloud.configure({ MaximumRetryAttempts: 0 });
  await cloud.event({ fail: true });
  expect(await cloud.told()).toMatchObject([{ Message: '{"fail":true}' }]);
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
