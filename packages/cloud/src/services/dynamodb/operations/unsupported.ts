import { AwsError } from '../../../core/aws-error.js';
import { dynamoDbOperation } from '../service-state.js';

/**
 * Operations of DynamoDB that the local cloud does not support yet: an answer that names the operation is better than
 * an unknown operation.
 */
const NAMES = [
  'CreateBackup',
  'CreateGlobalTable',
  'DeleteBackup',
  'DescribeBackup',
  'DescribeExport',
  'DescribeGlobalTable',
  'DescribeImport',
  'DescribeKinesisStreamingDestination',
  'DisableKinesisStreamingDestination',
  'EnableKinesisStreamingDestination',
  'ExportTableToPointInTime',
  'ImportTable',
  'ListBackups',
  'ListExports',
  'ListGlobalTables',
  'ListImports',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'UpdateContributorInsights',
  'UpdateGlobalTable',
  'UpdateKinesisStreamingDestination',
] as const;

export const unsupported = NAMES.map((name) =>
  dynamoDbOperation({
    name,
    parse: () => ({}),
    // Nothing is done, so nothing has to be allowed.
    access: () => [],
    handle: (): never => {
      throw new AwsError('UnsupportedOperationException', `The local cloud does not support dynamodb:${name}`);
    },
  }),
);
