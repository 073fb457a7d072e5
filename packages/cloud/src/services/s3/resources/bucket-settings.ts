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

const RULE_MEMBERS = [
  'Id',
  'Status',
  'Prefix',
  'ExpirationInDays',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
];

function lifecycle(value: unknown) {
  const { Rules } = structure(value, 'LifecycleConfiguration');
  const Rule = list(Rules, 'LifecycleConfiguration.Rules').map((rule) => {
    refuseOthers(rule, 'LifecycleConfiguration.Rules.', RULE_MEMBERS);
    const { Id, Status, Prefix, ExpirationInDays, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
    return {
      ...(Id !== undefined && { ID: Id }),
      Filter: { Prefix: Prefix ?? '' },
      Status,
      ...(ExpirationInDays !== undefined && { Expiration: { Days: ExpirationInDays } }),
      ...(NoncurrentVersionExpiration !== undefined && { NoncurrentVersionExpiration }),
      ...(AbortIncompleteMultipartUpload !== undefined && { AbortIncompleteMultipartUpload }),
    };
  });
  return {
    operation: 'PutBucketLifecycleConfiguration',
    input: { LifecycleConfiguration: { Rule } },
    undo: { operation: 'DeleteBucketLifecycle', input: {} },
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
