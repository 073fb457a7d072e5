import { type AttributeValue, CreateTableCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';

const john = { username: { S: 'john' } };

function nested(levels: number): AttributeValue {
  let value: AttributeValue = { S: 'x' };
  for (let level = 0; level < levels; level++) value = { M: { a: value } };
  return value;
}

it('takes items of 400 KB, counted in UTF-8, and none that are larger', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const put = (text: string) =>
    client.send(new PutItemCommand({ TableName: 'users', Item: { ...john, t: { S: text } } }));
  const room = 400 * 1024 - 'usernamejohnt'.length;
  await put('a'.repeat(room));
  await expect(put('a'.repeat(room + 1))).rejects.toThrow('Item size has exceeded the maximum allowed size');
  await expect(put('é'.repeat(room - 10))).rejects.toThrow('Item size has exceeded the maximum allowed size');
  const grow = client.send(
    new UpdateItemCommand({
      TableName: 'users',
      Key: john,
      UpdateExpression: 'SET more = :m',
      ExpressionAttributeValues: { ':m': { S: 'x' } },
    }),
  );
  await expect(grow).rejects.toThrow('Item size to update has exceeded the maximum allowed size');
});

it('takes 32 levels of attributes inside each other', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const put = (levels: number) =>
    client.send(new PutItemCommand({ TableName: 'users', Item: { ...john, deep: nested(levels) } }));
  await put(32);
  await expect(put(33)).rejects.toThrow('Nesting Levels have exceeded supported limits');
  await expect(put(1000)).rejects.toThrow('Nesting Levels have exceeded supported limits');
});

it.each([
  ['a'.repeat(4097), 'Expression size has exceeded the maximum allowed size; expression size: 4097'],
  [`a IN (${Array(101).fill(':x').join(',')})`, 'The IN operator is provided with too many operands'],
])('limits expressions', async (ConditionExpression, message) => {
  await using service = await dynamoDbCloud();
  const put = service.client.send(
    new PutItemCommand({
      TableName: 'users',
      Item: john,
      ConditionExpression,
      ExpressionAttributeValues: { ':x': { S: 'x' } },
    }),
  );
  await expect(put).rejects.toThrow(`Invalid ConditionExpression: ${message}`);
});

it('refuses an attribute name that it could not keep', async () => {
  await using service = await dynamoDbCloud();
  const put = service.client.send(
    new PutItemCommand({ TableName: 'users', Item: { ...john, m: { M: JSON.parse('{"__proto__":{"S":"x"}}') } } }),
  );
  await expect(put).rejects.toThrow('The attribute name __proto__ is not supported by the local cloud');
});
