import {
  AddPermissionCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

test('a permission lets another account in until it is removed, in the policy that SQS writes', async () => {
  await using cloud = await testCloud();
  const client = new SQSClient(cloud.clientConfig());
  const other = new SQSClient(cloud.clientConfig({ account: '111111111111' }));
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: 'q' }));
  const policy = async () => {
    const input = { QueueUrl, AttributeNames: ['Policy' as const] };
    const { Attributes } = await client.send(new GetQueueAttributesCommand(input));
    return Attributes && JSON.parse(Attributes.Policy ?? '');
  };
  const add = (Label: string, ...AWSAccountIds: string[]) =>
    client.send(new AddPermissionCommand({ QueueUrl, Label, AWSAccountIds, Actions: ['SendMessage'] }));
  const remove = (Label: string) => client.send(new RemovePermissionCommand({ QueueUrl, Label }));
  const send = () => other.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

  await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
  await add('both', '111111111111', '222222222222');
  await send();
  const Resource = 'arn:aws:sqs:eu-west-1:000000000000:q';
  expect(await policy()).toEqual({
    Version: '2008-10-17',
    Id: `${Resource}/SQSDefaultPolicy`,
    Statement: [
      {
        Sid: 'both',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:root'] },
        Action: 'SQS:SendMessage',
        Resource,
      },
    ],
  });
  await expect(add('both', '333333333333')).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'Value both for parameter Label is invalid. Reason: Already exists.',
  });
  await expect(remove('neither')).rejects.toMatchObject({
    message: "Value neither for parameter Label is invalid. Reason: can't find label.",
  });
  await remove('both');
  expect(await policy()).toBeUndefined();
  await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
});
