import type { Scope } from '../../../core/operation.js';
import { taskMachine } from '../../../kit/task-machine.js';
import type { Json } from '../template/json.js';

/** A property of a simulated type that changes nothing a local call can see. */
export interface StoredProperty {
  /** `LifecycleConfiguration`, `GlobalSecondaryIndexes[].WarmThroughput`; a path that ends in `[]` is of the list's elements. */
  readonly path: string;
  /** True if a value is one of those; every value where left out. */
  readonly when?: (value: Json, scope: Scope) => boolean;
  /** True if the service stores it itself, and answers it back; else only the stack does. */
  readonly kept?: true;
}

const stored = (...paths: readonly string[]): readonly StoredProperty[] => paths.map((path) => ({ path }));
const kept = (...paths: readonly string[]): readonly StoredProperty[] => paths.map((path) => ({ path, kept: true }));

const member = (value: Json, name: string): unknown => Reflect.get(Object(value), name);
const arnService = (arn: unknown): string => String(arn).split(':')[2] ?? '';
/** The protocols by which topics deliver here; messages of others are recorded and not sent. */
const DELIVERED = new Set(['http', 'https', 'lambda', 'sqs']);
const isOn = (value: Json): boolean => value === true || value === 'true';

/** Targets of rules that events are delivered to; the others are stored. */
const TARGETS = new Set(['events', 'kinesis', 'lambda', 'logs', 'sns', 'sqs']);

/** Services that schedules call, by their names in ARNs and in universal targets. */
const SCHEDULED = new Set([
  ...['lambda', 'sqs', 'sns', 'events', 'eventbridge', 'dynamodb', 'ssm', 'secretsmanager', 'kms', 'iam'],
  ...['scheduler', 'cloudwatch', 'cloudwatchlogs', 'kinesis'],
]);

/** By type. What is not here is simulated, or refused by its service. */
export const STORED: Readonly<Record<string, readonly StoredProperty[]>> = {
  'AWS::ApiGateway::Deployment': [
    ...stored(
      ...[
        'AccessLogSetting',
        'CacheDataEncrypted',
        'CacheTtlInSeconds',
        'CachingEnabled',
        'ClientCertificateId',
        'DataTraceEnabled',
        'DocumentationVersion',
        'LoggingLevel',
        'MethodSettings',
        'MetricsEnabled',
        'Tags',
        'ThrottlingBurstLimit',
        'ThrottlingRateLimit',
      ].map((name) => `StageDescription.${name}`),
    ),
  ],
  'AWS::ApiGateway::DomainName': stored('MutualTlsAuthentication'),
  'AWS::ApiGateway::Stage': kept(
    'CacheClusterEnabled',
    'CacheClusterSize',
    'ClientCertificateId',
    'MethodSettings[].CacheDataEncrypted',
    'MethodSettings[].CacheTtlInSeconds',
    'MethodSettings[].CachingEnabled',
  ),
  'AWS::ApiGatewayV2::DomainName': stored('MutualTlsAuthentication'),
  'AWS::DynamoDB::GlobalTable': [
    { path: 'Replicas[]', when: (replica, { region }) => member(replica, 'Region') !== region },
    ...stored(
      'GlobalTableSourceArn',
      'GlobalTableWitnesses',
      'MultiRegionConsistency',
      'Replicas[].ContributorInsightsSpecification',
      'Replicas[].GlobalSecondaryIndexes[].ContributorInsightsSpecification',
      'Replicas[].GlobalTableSettingsReplicationMode',
      'Replicas[].KinesisStreamSpecification',
      'Replicas[].ReplicaStreamSpecification',
      'GlobalSecondaryIndexes[].WarmThroughput',
      'WarmThroughput',
    ),
  ],
  'AWS::DynamoDB::Table': [
    ...stored(
      'ContributorInsightsSpecification',
      'GlobalSecondaryIndexes[].ContributorInsightsSpecification',
      'GlobalSecondaryIndexes[].WarmThroughput',
      'KinesisStreamSpecification',
      'StreamSpecification.ResourcePolicy',
      'WarmThroughput',
    ),
    ...kept('SSESpecification.KMSMasterKeyId'),
  ],
  'AWS::Events::Archive': stored('KmsKeyIdentifier'),
  'AWS::Events::Connection': stored('InvocationConnectivityParameters', 'KmsKeyIdentifier'),
  'AWS::Events::EventBus': [...stored('KmsKeyIdentifier', 'LogConfig'), ...kept('DeadLetterConfig')],
  'AWS::Events::Rule': [{ path: 'Targets[]', when: (target) => !TARGETS.has(arnService(member(target, 'Arn'))) }],
  'AWS::Lambda::Alias': kept('ProvisionedConcurrencyConfig'),
  'AWS::Lambda::CodeSigningConfig': kept('AllowedPublishers', 'CodeSigningPolicies'),
  'AWS::Lambda::EventSourceMapping': stored('KmsKeyArn', 'LoggingConfig', 'MetricsConfig', 'ProvisionedPollerConfig'),
  'AWS::Lambda::Function': [
    ...kept(
      'CapacityProviderConfig',
      'CodeSigningConfigArn',
      'FileSystemConfigs',
      'ImageConfig',
      'KmsKeyArn',
      'RecursiveLoop',
      'RuntimeManagementConfig',
      'TenancyConfig',
      'VpcConfig',
    ),
    { path: 'SnapStart', kept: true, when: (value) => member(value, 'ApplyOn') !== 'None' },
    { path: 'TracingConfig', kept: true, when: (value) => member(value, 'Mode') === 'Active' },
    ...stored('FunctionScalingConfig', 'PublishToLatestPublished'),
    // Layers of AWS and of others are not here; what a function needs of them it does not find.
    { path: 'Layers[]', when: (arn, { account }) => String(arn).split(':')[4] !== account },
  ],
  'AWS::Lambda::Version': [
    ...kept('ProvisionedConcurrencyConfig', 'RuntimePolicy'),
    ...stored('FunctionScalingConfig'),
  ],
  'AWS::Logs::LogGroup': [
    ...stored(
      'BearerTokenAuthenticationEnabled',
      'DataProtectionPolicy',
      'FieldIndexPolicies',
      'KmsKeyId',
      'ResourcePolicyDocument',
    ),
    { path: 'DeletionProtectionEnabled', when: isOn },
    { path: 'LogGroupClass', when: (value) => value !== 'STANDARD' },
  ],
  'AWS::S3::Bucket': [
    ...kept('LifecycleConfiguration', 'LoggingConfiguration'),
    ...stored(
      'AbacStatus',
      'AccelerateConfiguration',
      'AnalyticsConfigurations',
      'IntelligentTieringConfigurations',
      'InventoryConfigurations',
      'LifecycleConfiguration.TransitionDefaultMinimumObjectSize',
      'MetadataConfiguration',
      'MetadataTableConfiguration',
      'MetricsConfigurations',
      'ReplicationConfiguration',
    ),
    { path: 'AccessControl', when: (value) => value === 'LogDeliveryWrite' || value === 'AwsExecRead' },
  ],
  'AWS::SNS::Subscription': [
    ...stored('ReplayPolicy'),
    ...kept('SubscriptionRoleArn'),
    { path: 'Protocol', kept: true, when: (value) => !DELIVERED.has(String(value)) },
  ],
  'AWS::SNS::Topic': [
    ...kept('ArchivePolicy', 'DataProtectionPolicy'),
    { path: 'TracingConfig', kept: true, when: (value) => value === 'Active' },
  ],
  'AWS::SQS::Queue': kept('KmsDataKeyReusePeriodSeconds'),
  'AWS::SSM::Parameter': stored('Policies'),
  'AWS::StepFunctions::StateMachine': stored('EncryptionConfiguration', 'LoggingConfiguration', 'TracingConfiguration'),
};

/** Resources of simulated types that are only recorded, by what their properties say. */
export const RECORDED_WHEN: Readonly<Record<string, RecordedCase>> = {
  'AWS::Lambda::EventSourceMapping': {
    when: (properties) => {
      const arn = member(properties, 'EventSourceArn');
      return typeof arn === 'string'
        ? !['sqs', 'dynamodb', 'kinesis'].includes(arnService(arn))
        : member(properties, 'SelfManagedEventSource') !== undefined;
    },
    words: 'its source is neither a queue nor a stream',
  },
  'AWS::Scheduler::Schedule': {
    when: (properties) => {
      const arn = String(Reflect.get(Object(member(properties, 'Target')), 'Arn'));
      const sdk = /:aws-sdk:([a-z0-9]+):/.exec(arn)?.[1];
      return !SCHEDULED.has(sdk ?? arnService(arn));
    },
    words: 'its target is a service that the local cloud does not run',
  },
  'AWS::StepFunctions::StateMachine': {
    when: (properties) => taskMachine(properties) === undefined,
    words: 'a state does anything but call a function',
  },
};

interface RecordedCase {
  readonly when: (properties: Json) => boolean;
  /** For the reference page, after "recorded if". */
  readonly words: string;
}
