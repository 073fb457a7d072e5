import { AwsError } from '../../../core/aws-error.js';
import type { Properties } from '../../../core/resource-type.js';

interface SettingCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The call that a property becomes, with the one that takes it back, where there is one. */
interface Setting extends SettingCall {
  readonly undo?: SettingCall;
}

/** The calls that make a bucket as its properties say. */
export type BucketSettingCalls = Readonly<Record<string, Setting>>;

type Translate = (value: unknown) => Setting | undefined;

function structure(value: unknown, property: string): Properties {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
  throw new AwsError('InvalidRequest', `${property} of AWS::S3::Bucket is not a structure`);
}

function list(value: unknown, property: string): readonly Properties[] {
  if (!Array.isArray(value)) throw new AwsError('InvalidRequest', `${property} of AWS::S3::Bucket is not a list`);
  return value.map((each) => structure(each, property));
}

/** @throws AwsError for a property that is not supported */
function refuseOthers(value: Properties, where: string, known: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw new AwsError('InvalidRequest', `The local cloud does not support ${where}${name} of AWS::S3::Bucket`);
    }
  }
}

function encryption(value: unknown): Setting {
  const { ServerSideEncryptionConfiguration: rules } = structure(value, 'BucketEncryption');
  const Rules = list(rules, 'ServerSideEncryptionConfiguration').map(
    ({ ServerSideEncryptionByDefault, BucketKeyEnabled, ...other }) => {
      refuseOthers(other, 'BucketEncryption.', []);
      return { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled };
    },
  );
  return {
    operation: 'PutBucketEncryption',
    input: { ServerSideEncryptionConfiguration: { Rules } },
    undo: { operation: 'DeleteBucketEncryption', input: {} },
  };
}

function publicAccess(value: unknown): Setting {
  const PublicAccessBlockConfiguration = structure(value, 'PublicAccessBlockConfiguration');
  const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  refuseOthers(PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration.', names);
  return {
    operation: 'PutPublicAccessBlock',
    input: { PublicAccessBlockConfiguration },
    undo: { operation: 'DeletePublicAccessBlock', input: {} },
  };
}

function versioning(value: unknown): Setting {
  const { Status } = structure(value, 'VersioningConfiguration');
  return {
    operation: 'PutBucketVersioning',
    input: { VersioningConfiguration: { Status } },
    undo: { operation: 'PutBucketVersioning', input: { VersioningConfiguration: { Status: 'Suspended' } } },
  };
}

/** One or many, under either name. */
function several(rule: Properties, single: string, many: string): readonly Properties[] {
  const first = rule[single] === undefined ? [] : [structure(rule[single], single)];
  return [...first, ...(rule[many] === undefined ? [] : list(rule[many], many))];
}

/** Without the members that the template leaves out; undefined where it leaves out all. */
function given(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function filterOf(rule: Properties): Readonly<Record<string, unknown>> {
  const Tags = several(rule, 'TagFilter', 'TagFilters');
  const { ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
  const Prefix = rule.Prefix ?? '';
  const sizes = given({ ObjectSizeGreaterThan, ObjectSizeLessThan });
  if (Tags.length === 0 && !sizes) return { Prefix };
  return { And: { Prefix, ...(Tags.length > 0 && { Tags }), ...sizes } };
}

function lifecycle(value: unknown): Setting {
  const { Rules } = structure(value, 'LifecycleConfiguration');
  const rules = list(Rules, 'LifecycleConfiguration.Rules').map((rule) => {
    const { Id, Status, AbortIncompleteMultipartUpload } = rule;
    const days = rule.NoncurrentVersionExpirationInDays;
    const transitions = several(rule, 'Transition', 'Transitions').map((each) =>
      given({ Days: each.TransitionInDays, Date: each.TransitionDate, StorageClass: each.StorageClass }),
    );
    const older = several(rule, 'NoncurrentVersionTransition', 'NoncurrentVersionTransitions').map((each) =>
      given({
        NoncurrentDays: each.TransitionInDays,
        NewerNoncurrentVersions: each.NewerNoncurrentVersions,
        StorageClass: each.StorageClass,
      }),
    );
    return {
      ID: Id,
      Filter: filterOf(rule),
      Status,
      Expiration: given({
        Days: rule.ExpirationInDays,
        Date: rule.ExpirationDate,
        ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
      }),
      NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration ?? given({ NoncurrentDays: days }),
      AbortIncompleteMultipartUpload,
      Transitions: transitions.length > 0 ? transitions : undefined,
      NoncurrentVersionTransitions: older.length > 0 ? older : undefined,
    };
  });
  return {
    operation: 'PutBucketLifecycleConfiguration',
    input: { LifecycleConfiguration: { Rules: rules } },
    undo: { operation: 'DeleteBucketLifecycle', input: {} },
  };
}

function logging(value: unknown): Setting {
  const { DestinationBucketName, LogFilePrefix = '' } = structure(value, 'LoggingConfiguration');
  const enabled = { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix };
  return {
    operation: 'PutBucketLogging',
    input: { BucketLoggingStatus: DestinationBucketName === undefined ? {} : { LoggingEnabled: enabled } },
    undo: { operation: 'PutBucketLogging', input: { BucketLoggingStatus: {} } },
  };
}

function ownership(value: unknown): Setting {
  const { Rules } = structure(value, 'OwnershipControls');
  return {
    operation: 'PutBucketOwnershipControls',
    input: { OwnershipControls: { Rules } },
    undo: { operation: 'DeleteBucketOwnershipControls', input: {} },
  };
}

function cors(value: unknown): Setting {
  const { CorsRules } = structure(value, 'CorsConfiguration');
  const CORSRules = list(CorsRules, 'CorsConfiguration.CorsRules').map(
    ({ AllowedHeaders, AllowedMethods, AllowedOrigins, ExposedHeaders, Id, MaxAge }) => ({
      ID: Id,
      AllowedHeaders,
      AllowedMethods,
      AllowedOrigins,
      ExposeHeaders: ExposedHeaders,
      MaxAgeSeconds: MaxAge,
    }),
  );
  return {
    operation: 'PutBucketCors',
    input: { CORSConfiguration: { CORSRules } },
    undo: { operation: 'DeleteBucketCors', input: {} },
  };
}

/** CloudFormation has one event a configuration, and names the members of a filter and the targets otherwise. */
function notifications(value: unknown): Setting {
  const { QueueConfigurations, TopicConfigurations, LambdaConfigurations, ...other } = structure(
    value,
    'NotificationConfiguration',
  );
  const { EventBridgeConfiguration, ...unknown } = other;
  refuseOthers(unknown, 'NotificationConfiguration.', []);
  const rules = (configurations: unknown, name: string, target: string, member: string) =>
    configurations === undefined
      ? undefined
      : list(configurations, name).map(({ Event, Filter, [target]: arn }) => ({
          [member]: arn,
          Events: [Event],
          Filter: Filter && { Key: { FilterRules: structure(structure(Filter, 'Filter').S3Key, 'S3Key').Rules } },
        }));
  const isBridged = EventBridgeConfiguration !== undefined;
  const enabled = isBridged && structure(EventBridgeConfiguration, 'EventBridgeConfiguration').EventBridgeEnabled;
  return {
    operation: 'PutBucketNotificationConfiguration',
    input: {
      NotificationConfiguration:
        given({
          QueueConfigurations: rules(QueueConfigurations, 'QueueConfigurations', 'Queue', 'QueueArn'),
          TopicConfigurations: rules(TopicConfigurations, 'TopicConfigurations', 'Topic', 'TopicArn'),
          LambdaFunctionConfigurations: rules(
            LambdaConfigurations,
            'LambdaConfigurations',
            'Function',
            'LambdaFunctionArn',
          ),
          EventBridgeConfiguration: isBridged && String(enabled ?? true) === 'true' ? {} : undefined,
        }) ?? {},
    },
    undo: { operation: 'PutBucketNotificationConfiguration', input: { NotificationConfiguration: {} } },
  };
}

function website(value: unknown): Setting {
  const { IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules } = structure(
    value,
    'WebsiteConfiguration',
  );
  const WebsiteConfiguration = {
    IndexDocument: IndexDocument && { Suffix: IndexDocument },
    ErrorDocument: ErrorDocument && { Key: ErrorDocument },
    RedirectAllRequestsTo,
    RoutingRules:
      RoutingRules &&
      list(RoutingRules, 'RoutingRules').map(({ RedirectRule, RoutingRuleCondition }) => ({
        Redirect: RedirectRule,
        Condition: RoutingRuleCondition,
      })),
  };
  return {
    operation: 'PutBucketWebsite',
    input: { WebsiteConfiguration },
    undo: { operation: 'DeleteBucketWebsite', input: {} },
  };
}

/** Only the list that every bucket has anyway: with owner enforced, others are refused by S3 as well. */
function accessControl(value: unknown): undefined {
  if (value !== 'Private' && value !== 'BucketOwnerFullControl') {
    throw new AwsError('InvalidRequest', `The local cloud does not support AccessControl ${value} of AWS::S3::Bucket`);
  }
}

/** Of a bucket that was made with object lock. */
function objectLock(value: unknown): Setting {
  const { ObjectLockEnabled = 'Enabled', Rule } = structure(value, 'ObjectLockConfiguration');
  const put = (ObjectLockConfiguration: object) => ({
    operation: 'PutObjectLockConfiguration',
    input: { ObjectLockConfiguration },
  });
  return { ...put({ ObjectLockEnabled, Rule }), undo: put({ ObjectLockEnabled: 'Enabled' }) };
}

const TRANSLATE: Readonly<Record<string, Translate>> = {
  AccessControl: accessControl,
  BucketEncryption: encryption,
  CorsConfiguration: cors,
  LifecycleConfiguration: lifecycle,
  LoggingConfiguration: logging,
  NotificationConfiguration: notifications,
  ObjectLockConfiguration: objectLock,
  OwnershipControls: ownership,
  PublicAccessBlockConfiguration: publicAccess,
  VersioningConfiguration: versioning,
  WebsiteConfiguration: website,
};

/**
 * The calls of a bucket's properties other than its name and tags.
 *
 * @throws AwsError for properties that the cloud does not support
 */
export function bucketSettingCalls(properties: Properties): BucketSettingCalls {
  const calls: Record<string, Setting> = {};
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const translate = TRANSLATE[property];
    if (!translate) {
      throw new AwsError(
        'InvalidRequest',
        `The local cloud does not support the property ${property} of AWS::S3::Bucket`,
      );
    }
    const setting = translate(value);
    if (setting) calls[property] = setting;
  }
  return calls;
}
