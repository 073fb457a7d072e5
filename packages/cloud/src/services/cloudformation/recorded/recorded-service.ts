import { RECORDED } from './categories.js';

/** Namespaces by the names that their services sign requests with, where those are not the namespace's own. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  airflow: 'AWS::MWAA',
  aoss: 'AWS::OpenSearchServerless',
  'cognito-identity': 'AWS::Cognito',
  'cognito-idp': 'AWS::Cognito',
  ds: 'AWS::DirectoryService',
  elasticfilesystem: 'AWS::EFS',
  elasticmapreduce: 'AWS::EMR',
  email: 'AWS::SES',
  es: 'AWS::OpenSearchService',
  firehose: 'AWS::KinesisFirehose',
  geo: 'AWS::Location',
  iotdata: 'AWS::IoT',
  kafka: 'AWS::MSK',
  mobiletargeting: 'AWS::Pinpoint',
  monitoring: 'AWS::CloudWatch',
  mq: 'AWS::AmazonMQ',
  'neptune-db': 'AWS::Neptune',
  profile: 'AWS::CustomerProfiles',
  'rds-data': 'AWS::RDS',
  schemas: 'AWS::EventSchemas',
  states: 'AWS::StepFunctions',
};

const byPlainName: ReadonlyMap<string, string> = new Map(
  RECORDED.flatMap(({ types }) =>
    types.filter((name) => name.split('::').length === 2).map((name) => [plain(name.split('::')[1] ?? ''), name]),
  ),
);

function plain(name: string): string {
  return name.toLowerCase().replaceAll('-', '');
}

/**
 * The service whose resources are only recorded here, and what that means; undefined for any other.
 * @param signingName as requests are signed: `states`
 */
export function recordedService(
  signingName: string,
): { readonly namespace: string; readonly differs: string } | undefined {
  const namespace = SIGNING_NAMES[signingName] ?? byPlainName.get(plain(signingName));
  const category = RECORDED.find(({ types }) => namespace !== undefined && types.includes(namespace));
  return category && namespace !== undefined ? { namespace, differs: category.differs } : undefined;
}
