import { expect } from 'vitest';
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
    {
      name: "a table that is encrypted by no key of one's own names that of DynamoDB by its id",
      recorded: '2025-10',
      given: [['CreateTable', { ...users, SSESpecification: { Enabled: true } }]],
      ask: ['DescribeTable', { TableName: 'users' }],
      at: 'Table.SSEDescription',
      answer: {
        KMSMasterKeyArn: expect.stringMatching(
          /^arn:aws:kms:us-east-1:111111111111:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        ),
        SSEType: 'KMS',
        Status: 'ENABLED',
      },
    },
  ],
} satisfies RecordedService;
