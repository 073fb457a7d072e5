import { DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { rootCall } from '../../../testing/fixtures/root-call.js';
import { cloudFormation } from '../../cloudformation/index.js';
import { dynamoDbCloud, USERS } from '../fixtures/dynamodb-cloud.js';
import { dynamoDb } from '../index.js';

const { TableName: _, ...properties } = USERS;

it('lives and dies with its stack', async () => {
  await using service = await dynamoDbCloud({ services: [cloudFormation, dynamoDb] });
  const { client, cloud } = service;
  const run = (operation: string, input: object) =>
    cloud.context.dispatch('cloudformation', operation, { StackName: 'app', ...input }, rootCall);
  const template = (more: object) =>
    JSON.stringify({
      Resources: {
        Users: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties, ...more } },
        Everywhere: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { ...properties, Replicas: [{ Region: { Ref: 'AWS::Region' } }] },
        },
      },
      Outputs: { Name: { Value: { Ref: 'Users' } }, Arn: { Value: { 'Fn::GetAtt': ['Users', 'Arn'] } } },
    });
  /** The stack when nothing is in progress any more. */
  const settled = async () => {
    for (;;) {
      const { Stacks } = await run('DescribeStacks', {});
      if (!Stacks[0].StackStatus.endsWith('_IN_PROGRESS')) return Stacks[0];
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await run('CreateStack', { TemplateBody: template({}) });
  const { StackStatus, Outputs, StackId } = await settled();
  expect(StackStatus).toBe('CREATE_COMPLETE');
  const outputs = Object.fromEntries(
    Outputs.map(({ OutputKey, OutputValue }: Record<string, string>) => [OutputKey, OutputValue]),
  );
  const { Table } = await client.send(new DescribeTableCommand({ TableName: outputs.Name }));
  expect(Table?.TableName).toMatch(/^app-Users-/);
  expect(Table?.TableArn).toBe(outputs.Arn);
  await run('UpdateStack', { TemplateBody: template({ DeletionProtectionEnabled: true }) });
  expect((await settled()).StackStatus).toBe('UPDATE_COMPLETE');
  const updated = await client.send(new DescribeTableCommand({ TableName: outputs.Name }));
  expect(updated.Table).toMatchObject({ TableId: Table?.TableId, DeletionProtectionEnabled: true });
  await run('DeleteStack', {});
  const failed = await settled();
  expect(failed.StackStatus).toBe('DELETE_FAILED');
  await cloud.context.dispatch(
    'dynamodb',
    'UpdateTable',
    { TableName: outputs.Name, DeletionProtectionEnabled: false },
    rootCall,
  );
  await run('DeleteStack', {});
  for (;;) {
    const { Stacks } = await run('DescribeStacks', { StackName: StackId });
    if (Stacks[0].StackStatus === 'DELETE_COMPLETE') break;
    expect(Stacks[0].StackStatus).toBe('DELETE_IN_PROGRESS');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
});
