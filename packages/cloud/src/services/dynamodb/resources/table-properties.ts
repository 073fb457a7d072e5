import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';

/** Templates may spell numbers and booleans as text. */
const numberOf = (value: unknown): number => Number(value);
const booleanOf = (value: unknown): boolean => value === true || value === 'true';

export interface ThroughputProperty {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface IndexProperty {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
  readonly ProvisionedThroughput?: ThroughputProperty;
  readonly OnDemandThroughput?: object;
}

/** The properties of an AWS::DynamoDB::Table, parsed: what its creation and its updates read. */
export interface TableProperties {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: IndexProperty['KeySchema'];
  readonly BillingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: ThroughputProperty;
  readonly OnDemandThroughput?: object;
  readonly GlobalSecondaryIndexes: readonly IndexProperty[];
  readonly LocalSecondaryIndexes: readonly IndexProperty[];
  readonly StreamViewType?: string;
  readonly timeToLiveAttribute?: string;
  readonly pointInTimeRecovery?: { readonly days: number };
  readonly SSESpecification?: {
    readonly Enabled: boolean;
    readonly SSEType?: string;
    readonly KMSMasterKeyId?: string;
  };
  readonly DeletionProtectionEnabled: boolean;
  readonly TableClass?: string;
  readonly Tags: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly ResourcePolicy?: string;
}

const TYPE = 'AWS::DynamoDB::Table';

export function unsupportedProperty(name: string, why: string, type = TYPE): AwsError {
  return new AwsError('UnsupportedOperationException', `The local cloud does not support ${name} of ${type}: ${why}`);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function throughputOf(value: unknown): ThroughputProperty | undefined {
  const throughput = recordOf(value);
  return (
    throughput && {
      ReadCapacityUnits: numberOf(throughput.ReadCapacityUnits),
      WriteCapacityUnits: numberOf(throughput.WriteCapacityUnits),
    }
  );
}

function numbersOf(value: unknown): object | undefined {
  const record = recordOf(value);
  return record && Object.fromEntries(Object.entries(record).map(([name, number]) => [name, numberOf(number)]));
}

function indexOf(value: unknown): IndexProperty {
  const { ContributorInsightsSpecification, WarmThroughput, ...index } = recordOf(value) ?? {};
  refuseInsights(ContributorInsightsSpecification, `GlobalSecondaryIndexes.ContributorInsightsSpecification`);
  refuseWarmThroughput(WarmThroughput);
  const ProvisionedThroughput = throughputOf(index.ProvisionedThroughput);
  const OnDemandThroughput = numbersOf(index.OnDemandThroughput);
  return {
    IndexName: String(index.IndexName),
    KeySchema: index.KeySchema as IndexProperty['KeySchema'],
    Projection: index.Projection as IndexProperty['Projection'],
    ...(ProvisionedThroughput && { ProvisionedThroughput }),
    ...(OnDemandThroughput && { OnDemandThroughput }),
  };
}

function refuseInsights(value: unknown, name: string): void {
  if (booleanOf(recordOf(value)?.Enabled)) throw unsupportedProperty(name, 'nothing is counted here');
}

function refuseWarmThroughput(value: unknown): void {
  if (value !== undefined) throw unsupportedProperty('WarmThroughput', 'tables are not throttled here');
}

function sseOf(value: unknown): TableProperties['SSESpecification'] {
  const specification = recordOf(value);
  return (
    specification && {
      Enabled: booleanOf(specification.SSEEnabled),
      ...(specification.SSEType !== undefined && { SSEType: String(specification.SSEType) }),
      ...(specification.KMSMasterKeyId !== undefined && { KMSMasterKeyId: String(specification.KMSMasterKeyId) }),
    }
  );
}

export function tagsOf(value: unknown): Record<string, string> {
  const tags = Array.isArray(value) ? value : [];
  return Object.fromEntries(tags.map((tag) => [String(recordOf(tag)?.Key), String(recordOf(tag)?.Value)]));
}

/** Tags by which CloudFormation marks what it made, as on AWS. */
export function ownTags({ stackId, stackName, logicalId }: ResourceContext): Record<string, string> {
  return {
    'aws:cloudformation:stack-id': stackId,
    'aws:cloudformation:stack-name': stackName,
    'aws:cloudformation:logical-id': logicalId,
  };
}

const KNOWN = new Set([
  'AttributeDefinitions',
  'BillingMode',
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'ProvisionedThroughput',
  'ResourcePolicy',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
  'TableName',
  'Tags',
  'TimeToLiveSpecification',
  'WarmThroughput',
]);

/** Reads the properties as a template gives them. Throws where one is asked for that the local cloud does not have. */
export function parseTableProperties(properties: Properties, context: ResourceContext): TableProperties {
  const unknown = Object.keys(properties).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw unsupportedProperty(unknown, 'tables have nothing like it here');
  refuseInsights(properties.ContributorInsightsSpecification, 'ContributorInsightsSpecification');
  refuseWarmThroughput(properties.WarmThroughput);
  const stream = recordOf(properties.StreamSpecification);
  if (stream?.ResourcePolicy)
    throw unsupportedProperty('StreamSpecification.ResourcePolicy', 'streams have no policy here');
  const timeToLive = recordOf(properties.TimeToLiveSpecification);
  const recovery = recordOf(properties.PointInTimeRecoverySpecification);
  const policy = recordOf(properties.ResourcePolicy)?.PolicyDocument;
  const ProvisionedThroughput = throughputOf(properties.ProvisionedThroughput);
  const OnDemandThroughput = numbersOf(properties.OnDemandThroughput);
  const SSESpecification = sseOf(properties.SSESpecification);
  const indexes = (value: unknown) => (Array.isArray(value) ? value.map(indexOf) : []);
  return {
    AttributeDefinitions: (properties.AttributeDefinitions ?? []) as TableProperties['AttributeDefinitions'],
    KeySchema: properties.KeySchema as TableProperties['KeySchema'],
    BillingMode: properties.BillingMode === 'PAY_PER_REQUEST' ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...(ProvisionedThroughput && { ProvisionedThroughput }),
    ...(OnDemandThroughput && { OnDemandThroughput }),
    GlobalSecondaryIndexes: indexes(properties.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: indexes(properties.LocalSecondaryIndexes),
    ...(stream && { StreamViewType: String(stream.StreamViewType) }),
    ...(timeToLive && booleanOf(timeToLive.Enabled) && { timeToLiveAttribute: String(timeToLive.AttributeName) }),
    ...(recovery &&
      booleanOf(recovery.PointInTimeRecoveryEnabled) && {
        pointInTimeRecovery: { days: numberOf(recovery.RecoveryPeriodInDays ?? 35) },
      }),
    ...(SSESpecification && { SSESpecification }),
    DeletionProtectionEnabled: booleanOf(properties.DeletionProtectionEnabled),
    ...(properties.TableClass !== undefined && { TableClass: String(properties.TableClass) }),
    Tags: { ...context.stackTags, ...tagsOf(properties.Tags), ...ownTags(context) },
    ...(policy !== undefined && { ResourcePolicy: JSON.stringify(policy) }),
  };
}
