import { expect, test } from 'vitest';
import { printed } from './printed-input.js';

test('lists and maps of structures are printed as DynamoDB prints them', () => {
  expect(printed([{ AttributeName: 'id', KeyType: 'HASH' }], 'KeySchemaElement')).toBe(
    '[KeySchemaElement(attributeName=id, keyType=HASH)]',
  );
  expect(printed({ users: [{ PutRequest: { Item: { id: { S: 'ada' } } } }] }, 'WriteRequest')).toBe(
    '{users=[WriteRequest(putRequest=PutRequest(item={id=AttributeValue(s=ada)}))]}',
  );
});
