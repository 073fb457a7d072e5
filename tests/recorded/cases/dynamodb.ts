import type { RecordedService } from '../recorded-case.js';

const users = {
  TableName: 'users',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'username', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'username', KeyType: 'HASH' }],
};

/** Facts about AWS DynamoDB. */
export default {
  service: 'dynamodb',
  cases: [
    {
      name: 'a table is ready for its load while an update changes something else',
      recorded: '2025-11',
      given: [['CreateTable', users]],
      ask: [
        'UpdateTable',
        { TableName: 'users', StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
      ],
      at: 'TableDescription.WarmThroughput',
      answer: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' },
    },
  ],
} satisfies RecordedService;
