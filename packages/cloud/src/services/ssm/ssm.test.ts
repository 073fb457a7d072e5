import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/test-cloud.js';

async function put(client: SSMClient, ...names: string[]): Promise<void> {
  for (const Name of names)
    await client.send(new PutParameterCommand({ Name, Value: `value of ${Name}`, Type: 'String' }));
}

test('a parameter that was put is read back', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, '/a/b');
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/a/b' }));
  expect(Parameter).toMatchObject({
    Name: '/a/b',
    Value: 'value of /a/b',
    Type: 'String',
    Version: 1,
    ARN: 'arn:aws:ssm:eu-west-1:000000000000:parameter/a/b',
    LastModifiedDate: expect.any(Date),
  });
});

test('accounts and regions have parameters of their own', async () => {
  await using cloud = await testCloud();
  await put(new SSMClient(cloud.clientConfig()), 'a');
  for (const target of [{ account: '111111111111' }, { region: 'us-east-1' }]) {
    const other = new SSMClient(cloud.clientConfig(target));
    await expect(other.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  }
});

test('a parameter is overwritten only where that is asked for', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  await expect(put(client, 'a')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  const { Version } = await client.send(new PutParameterCommand({ Name: 'a', Value: 'new', Overwrite: true }));
  expect(Version).toBe(2);
});

test('older versions stay readable by number', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  await client.send(new PutParameterCommand({ Name: 'a', Value: 'new', Overwrite: true }));
  const { Parameter } = await client.send(new GetParameterCommand({ Name: 'a:1' }));
  expect(Parameter).toMatchObject({ Value: 'value of a', Selector: ':1' });
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: 'a' }));
  expect(Parameters?.map(({ Value }) => Value)).toEqual(['value of a', 'new']);
});

test('parameters by path are of one level unless recursive, in pages', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, '/a/x', '/a/y', '/a/y/z', '/ab/x');
  const level = await client.send(new GetParametersByPathCommand({ Path: '/a' }));
  expect(level.Parameters?.map(({ Name }) => Name)).toEqual(['/a/x', '/a/y']);
  const first = await client.send(new GetParametersByPathCommand({ Path: '/a/', Recursive: true, MaxResults: 2 }));
  expect(first.Parameters?.map(({ Name }) => Name)).toEqual(['/a/x', '/a/y']);
  const second = await client.send(
    new GetParametersByPathCommand({ Path: '/a/', Recursive: true, MaxResults: 2, NextToken: first.NextToken }),
  );
  expect(second.Parameters?.map(({ Name }) => Name)).toEqual(['/a/y/z']);
  expect(second.NextToken).toBeUndefined();
});

test('a secure string is ciphertext until decryption is asked for', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await client.send(new PutParameterCommand({ Name: 'a', Value: 'secret', Type: 'SecureString' }));
  const sealed = await client.send(new GetParameterCommand({ Name: 'a' }));
  expect(sealed.Parameter?.Value).not.toContain('secret');
  const open = await client.send(new GetParameterCommand({ Name: 'a', WithDecryption: true }));
  expect(open.Parameter?.Value).toBe('secret');
});

test('several parameters are read at once, and the missing named', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a', 'b');
  const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: ['a', 'none', 'b'] }));
  expect(Parameters?.map(({ Name }) => Name)).toEqual(['a', 'b']);
  expect(InvalidParameters).toEqual(['none']);
});

test('parameters are described by filter', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, '/a/x', '/b/x');
  const ParameterFilters = [{ Key: 'Name', Option: 'BeginsWith', Values: ['/b'] }];
  const { Parameters } = await client.send(new DescribeParametersCommand({ ParameterFilters }));
  expect(Parameters?.map(({ Name }) => Name)).toEqual(['/b/x']);
});

test('tags of a parameter are kept', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  const target = { ResourceType: 'Parameter', ResourceId: 'a' } as const;
  await client.send(new AddTagsToResourceCommand({ ...target, Tags: [{ Key: 'k', Value: 'v' }] }));
  const { TagList } = await client.send(new ListTagsForResourceCommand(target));
  expect(TagList).toEqual([{ Key: 'k', Value: 'v' }]);
});

test('a deleted parameter is gone', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  await client.send(new DeleteParameterCommand({ Name: 'a' }));
  await expect(client.send(new DeleteParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

test.each(['/a//b', 'a/b'])('the name %s is refused where a parameter is read', async (Name) => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, '/a/b');
  await expect(client.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('sub-paths divided by slash symbol'),
  });
});

test('a parameter of one level is found with a slash before its name, and answers by that name', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/a' }));
  expect(Parameter).toMatchObject({ Name: '/a', ARN: 'arn:aws:ssm:eu-west-1:000000000000:parameter/a' });
  const byArn = await client.send(new GetParameterCommand({ Name: Parameter?.ARN }));
  expect(byArn.Parameter?.Name).toBe('a');
});

test('a secret that is not there is named', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  const Name = '/aws/reference/secretsmanager/none';
  await expect(client.send(new GetParameterCommand({ Name, WithDecryption: true }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
    message: expect.stringMatching(/Secret .*none not found\.$/),
  });
});

test('changes of one parameter at a time all count', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await put(client, 'a');
  const again = { Name: 'a', Value: 'new', Overwrite: true };
  const versions = await Promise.all(
    [1, 2, 3].map(async () => (await client.send(new PutParameterCommand(again))).Version),
  );
  expect(versions.sort()).toEqual([2, 3, 4]);
});

const ARN_OF_NO_NAME = 'arn:aws:ssm:eu-west-1:000000000000:parameter/';

test('the name of a parameter has as many characters as its ARN leaves', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  const longest = 'n'.repeat(1011 - ARN_OF_NO_NAME.length);
  await put(client, longest);
  for (const name of [`${longest}n`, 'n'.repeat(3000)]) {
    await expect(put(client, name)).rejects.toMatchObject({ name: 'ValidationException' });
  }
});

test.each(['/', '//', '/a//b', '/a/', 'a/'])('%s is no name of a parameter', async (name) => {
  await using cloud = await testCloud();
  const client = new SSMClient(cloud.clientConfig());
  await expect(put(client, name)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a secret is read under its reference, by whoever may read it, and only as a whole', async () => {
  await using cloud = await testCloud();
  const client = new SSMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const secrets = new SecretsManagerClient(cloud.clientConfig());
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'shop', SecretString: 'my_secret' }));
  const Name = '/aws/reference/secretsmanager/shop';
  const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
  expect(Parameter).toMatchObject({ Name, ARN, Type: 'SecureString', Value: 'my_secret' });
  expect(JSON.parse(Parameter?.SourceResult ?? '{}')).toMatchObject({ ARN, name: 'shop', secretString: 'my_secret' });
  await expect(client.send(new GetParameterCommand({ Name }))).rejects.toThrow('WithDecryption flag must be True');
});
