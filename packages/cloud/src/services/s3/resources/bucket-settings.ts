import { AwsError } from '../../../core/aws-error.js';
import type { Properties } from '../../../core/resource-type.js';
import type { BucketProperties } from './bucket.js';

interface SettingCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The calls that make a bucket as its properties say; each with the call that takes it back, where there is one. */
export interface BucketSettings {
  readonly puts: Readonly<Record<string, SettingCall & { readonly undo?: SettingCall }>>;
}

type Translate = (value: unknown) => BucketSettings['puts'][string] | undefined;

function structure(value: unknown, property: string): Properties {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
  throw new AwsError('InvalidRequest', `${property} of AWS::S3::Bucket is not a structure`);
}

function list(value: unknown, property: string): readonly Properties[] {
  if (!Array.isArray(value)) throw new AwsError('InvalidRequest', `${property} of AWS::S3::Bucket is not a list`);
  return value.map((one) => structure(one, property));
}

/** @throws AwsError for a property that is not supported */
function refuseOthers(value: Properties, where: string, known: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw new AwsError('InvalidRequest', `The local cloud does not support ${where}${name} of AWS::S3::Bucket`);
    }
  }
}

function encryption(value: unknown) {
  const { ServerSideEncryptionConfiguration: rules } = structure(value, 'BucketEncryption');
  const Rule = list(rules, 'ServerSideEncryptionConfiguration').map(
    ({ ServerSideEncryptionByDefault, BucketKeyEnabled, ...other }) => {
      refuseOthers(other, 'BucketEncryption.', []);
      return {
        ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
        BucketKeyEnabled: String(BucketKeyEnabled ?? false),
      };
    },
  );
  return {
    operation: 'PutBucketEncryption',
    input: { ServerSideEncryptionConfiguration: { Rule } },
    undo: { operation: 'DeleteBucketEncryption', input: {} },
  };
}

function publicAccess(value: unknown) {
  const given = structure(value, 'PublicAccessBlockConfiguration');
  const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  refuseOthers(given, 'PublicAccessBlockConfiguration.', names);
  const configuration = Object.fromEntries(names.map((name) => [name, String(given[name] ?? false)]));
  return {
    operation: 'PutPublicAccessBlock',
    input: { PublicAccessBlockConfiguration: configuration },
    undo: { operation: 'DeletePublicAccessBlock', input: {} },
  };
}

function versioning(value: unknown) {
  const { Status } = structure(value, 'VersioningConfiguration');
  return {
    operation: 'PutBucketVersioning',
    input: { VersioningConfiguration: { Status } },
    undo: { operation: 'PutBucketVersioning', input: { VersioningConfiguration: { Status: 'Suspended' } } },
  };
}

/** One or many, under either name. */
function several(rule: Properties, one: string, many: string): readonly Properties[] {
  const single = rule[one] === undefined ? [] : [structure(rule[one], one)];
  return [...single, ...(rule[many] === undefined ? [] : list(rule[many], many))];
}

/** Days or a date, as S3 names them, without what the template leaves out. */
function withoutGaps(members: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function filterOf(rule: Properties): Readonly<Record<string, unknown>> {
  const tags = several(rule, 'TagFilter', 'TagFilters');
  const sizes = withoutGaps({
    ObjectSizeGreaterThan: rule.ObjectSizeGreaterThan,
    ObjectSizeLessThan: rule.ObjectSizeLessThan,
  });
  const prefix = rule.Prefix ?? '';
  if (tags.length === 0 && Object.keys(sizes).length === 0) return { Prefix: prefix };
  return { And: { Prefix: prefix, ...(tags.length > 0 && { Tag: tags }), ...sizes } };
}

/** Stored and answered back: no object of this cloud expires or moves. */
function lifecycle(value: unknown) {
  const { Rules } = structure(value, 'LifecycleConfiguration');
  const Rule = list(Rules, 'LifecycleConfiguration.Rules').map((rule) => {
    const { Id, Status, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
    const expiration = withoutGaps({
      Days: rule.ExpirationInDays,
      Date: rule.ExpirationDate,
      ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
    });
    const noncurrent =
      NoncurrentVersionExpiration ??
      (rule.NoncurrentVersionExpirationInDays && { NoncurrentDays: rule.NoncurrentVersionExpirationInDays });
    const transitions = several(rule, 'Transition', 'Transitions').map((one) =>
      withoutGaps({ Days: one.TransitionInDays, Date: one.TransitionDate, StorageClass: one.StorageClass }),
    );
    const older = several(rule, 'NoncurrentVersionTransition', 'NoncurrentVersionTransitions').map((one) =>
      withoutGaps({
        NoncurrentDays: one.TransitionInDays,
        NewerNoncurrentVersions: one.NewerNoncurrentVersions,
        StorageClass: one.StorageClass,
      }),
    );
    return {
      ...(Id !== undefined && { ID: Id }),
      Filter: filterOf(rule),
      Status,
      ...(Object.keys(expiration).length > 0 && { Expiration: expiration }),
      ...(noncurrent !== undefined && { NoncurrentVersionExpiration: noncurrent }),
      ...(AbortIncompleteMultipartUpload !== undefined && { AbortIncompleteMultipartUpload }),
      ...(transitions.length > 0 && { Transition: transitions }),
      ...(older.length > 0 && { NoncurrentVersionTransition: older }),
    };
  });
  return {
    operation: 'PutBucketLifecycleConfiguration',
    input: { LifecycleConfiguration: { Rule } },
    undo: { operation: 'DeleteBucketLifecycle', input: {} },
  };
}

/** Stored and answered back: no access of this cloud is logged to a bucket. */
function logging(value: unknown) {
  const { DestinationBucketName, LogFilePrefix = '' } = structure(value, 'LoggingConfiguration');
  const enabled = { TargetBucket: DestinationBucketName, TargetPrefix: LogFilePrefix };
  return {
    operation: 'PutBucketLogging',
    input: { BucketLoggingStatus: DestinationBucketName === undefined ? {} : { LoggingEnabled: enabled } },
    undo: { operation: 'PutBucketLogging', input: { BucketLoggingStatus: {} } },
  };
}

function ownership(value: unknown) {
  const { Rules } = structure(value, 'OwnershipControls');
  return {
    operation: 'PutBucketOwnershipControls',
    input: { OwnershipControls: { Rule: list(Rules, 'OwnershipControls.Rules') } },
    undo: { operation: 'DeleteBucketOwnershipControls', input: {} },
  };
}

function cors(value: unknown) {
  const { CorsRules } = structure(value, 'CorsConfiguration');
  const CORSRule = list(CorsRules, 'CorsConfiguration.CorsRules').map(
    ({ AllowedHeaders, AllowedMethods, AllowedOrigins, ExposedHeaders, Id, MaxAge }) => ({
      ID: Id,
      AllowedHeader: AllowedHeaders,
      AllowedMethod: AllowedMethods,
      AllowedOrigin: AllowedOrigins,
      ExposeHeader: ExposedHeaders,
      MaxAgeSeconds: MaxAge,
    }),
  );
  return {
    operation: 'PutBucketCors',
    input: { CORSConfiguration: { CORSRule } },
    undo: { operation: 'DeleteBucketCors', input: {} },
  };
}

/** Only the list that every bucket has anyway: with owner enforced, others are refused by S3 as well. */
function accessControl(value: unknown): undefined {
  if (value !== 'Private' && value !== 'BucketOwnerFullControl') {
    throw new AwsError('InvalidRequest', `The local cloud does not support AccessControl ${value} of AWS::S3::Bucket`);
  }
}

const TRANSLATE: Readonly<Record<string, Translate>> = {
  AccessControl: accessControl,
  BucketEncryption: encryption,
  CorsConfiguration: cors,
  LifecycleConfiguration: lifecycle,
  LoggingConfiguration: logging,
  OwnershipControls: ownership,
  PublicAccessBlockConfiguration: publicAccess,
  VersioningConfiguration: versioning,
};

/** @throws AwsError for properties that the cloud does not support */
export function bucketSettings({ BucketName: _name, Tags: _tags, ...properties }: BucketProperties): BucketSettings {
  const puts: Record<string, BucketSettings['puts'][string]> = {};
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const translate = TRANSLATE[property];
    if (!translate) {
      throw new AwsError(
        'InvalidRequest',
        `The local cloud does not support the property ${property} of AWS::S3::Bucket`,
      );
    }
    const put = translate(value);
    if (put) puts[property] = put;
  }
  return { puts };
}
