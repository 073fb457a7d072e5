import { deployPolicy, fileAssetsPolicy, imageAssetsPolicy, lookupPolicy } from './policies.js';

type Part = Readonly<Record<string, unknown>>;

/** The version of CDK's bootstrap stack that this one is equal to. */
export const BOOTSTRAP_VERSION = '33';
export const QUALIFIER = 'hnb659fds';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const sub = (text: string): Part => ({ 'Fn::Sub': text });
const either = (condition: string, yes: unknown, no: unknown = NO_VALUE): Part => ({ 'Fn::If': [condition, yes, no] });
const named = (kind: string): Part => sub(`cdk-\${Qualifier}-${kind}-\${AWS::AccountId}-\${AWS::Region}`);
const isGiven = (parameter: string): Part => ({ 'Fn::Not': [{ 'Fn::Equals': ['', { Ref: parameter }] }] });
const listIsGiven = (parameter: string): Part => ({
  'Fn::Not': [{ 'Fn::Equals': ['', { 'Fn::Join': ['', { Ref: parameter }] }] }],
});
const isTrue = (parameter: string): Part => ({ 'Fn::Equals': ['true', { Ref: parameter }] });

const text = (fallback: string, more: Part = {}): Part => ({ Type: 'String', Default: fallback, ...more });
const list = (): Part => ({ Type: 'CommaDelimitedList', Default: '' });
const choice = (fallback: 'true' | 'false'): Part => text(fallback, { AllowedValues: ['true', 'false'] });

/** Who may assume a role: the account itself, and the accounts that a parameter names. */
function trustOf(...trusted: readonly (readonly [condition: string, parameter: string])[]): Part {
  const noExternalId = either('ShouldDenyExternalId', { Null: { 'sts:ExternalId': 'true' } });
  const statements = (principal: unknown): readonly Part[] => [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principal }, Condition: noExternalId },
    { Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: principal } },
  ];
  return {
    Statement: [
      ...statements({ Ref: 'AWS::AccountId' }),
      ...trusted.flatMap(([condition, parameter]) =>
        statements({ Ref: parameter }).map((statement) => either(condition, statement)),
      ),
    ],
  };
}

const DEPLOYERS = ['HasTrustedAccounts', 'TrustedAccounts'] as const;
const READERS = ['HasTrustedAccountsForLookup', 'TrustedAccountsForLookup'] as const;

function role(name: string, tag: string, trust: Part, boundaryCondition: string, more: Part = {}): Part {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: named(name),
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: either(
        boundaryCondition,
        sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${InputPermissionsBoundary}'),
      ),
      ...(tag !== '' && { Tags: [{ Key: 'aws-cdk:bootstrap-role', Value: tag }] }),
      ...more,
    },
  };
}

const managed = (name: string): Part => sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);
const TO_ALL = 'ShouldApplyPermissionsBoundaryToAllRoles';

/**
 * The bootstrap stack of an account and region: the logical ids, names, parameters and outputs of CDK's own template,
 * so that `cdk bootstrap` updates it in place. A customer-managed key and an example permissions boundary, both off by
 * default there, are left to that update.
 */
export const bootstrapTemplate: Part = {
  Description: 'This stack includes resources needed to deploy AWS CDK apps into this environment',
  Parameters: {
    TrustedAccounts: list(),
    TrustedAccountsForLookup: list(),
    CloudFormationExecutionPolicies: list(),
    FileAssetsBucketName: text(''),
    FileAssetsBucketKmsKeyId: text('AWS_MANAGED_KEY'),
    ContainerAssetsRepositoryName: text(''),
    Qualifier: text(QUALIFIER, { AllowedPattern: '[A-Za-z0-9_-]{1,10}' }),
    PublicAccessBlockConfiguration: choice('true'),
    InputPermissionsBoundary: text(''),
    UseExamplePermissionsBoundary: choice('false'),
    ApplyPermissionsBoundaryToAllRoles: choice('false'),
    BootstrapVariant: text('AWS CDK: Default Resources'),
    DenyExternalId: choice('true'),
  },
  Conditions: {
    HasTrustedAccounts: listIsGiven('TrustedAccounts'),
    HasTrustedAccountsForLookup: listIsGiven('TrustedAccountsForLookup'),
    HasCloudFormationExecutionPolicies: listIsGiven('CloudFormationExecutionPolicies'),
    HasCustomFileAssetsBucketName: isGiven('FileAssetsBucketName'),
    HasCustomContainerAssetsRepositoryName: isGiven('ContainerAssetsRepositoryName'),
    UsePublicAccessBlockConfiguration: isTrue('PublicAccessBlockConfiguration'),
    PermissionsBoundarySet: isGiven('InputPermissionsBoundary'),
    [TO_ALL]: { 'Fn::And': [{ Condition: 'PermissionsBoundarySet' }, isTrue('ApplyPermissionsBoundaryToAllRoles')] },
    ShouldDenyExternalId: isTrue('DenyExternalId'),
  },
  Resources: {
    StagingBucket: {
      Type: 'AWS::S3::Bucket',
      UpdateReplacePolicy: 'Retain',
      DeletionPolicy: 'Retain',
      Properties: {
        BucketName: either('HasCustomFileAssetsBucketName', { Ref: 'FileAssetsBucketName' }, named('assets')),
        AccessControl: 'Private',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        PublicAccessBlockConfiguration: either('UsePublicAccessBlockConfiguration', {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        }),
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            { Id: 'CleanupOldVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            {
              Id: 'AbortIncompleteMultipartUploads',
              Status: 'Enabled',
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
      },
    },
    StagingBucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'StagingBucket' },
        PolicyDocument: {
          Id: 'AccessControl',
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'AllowSSLRequestsOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [sub('${StagingBucket.Arn}'), sub('${StagingBucket.Arn}/*')],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
    ContainerAssetsRepository: {
      Type: 'AWS::ECR::Repository',
      Properties: {
        ImageTagMutability: 'IMMUTABLE',
        RepositoryName: either(
          'HasCustomContainerAssetsRepositoryName',
          { Ref: 'ContainerAssetsRepositoryName' },
          named('container-assets'),
        ),
      },
    },
    FilePublishingRole: role('file-publishing-role', 'file-publishing', trustOf(DEPLOYERS), TO_ALL),
    ImagePublishingRole: role('image-publishing-role', 'image-publishing', trustOf(DEPLOYERS), TO_ALL),
    LookupRole: role('lookup-role', 'lookup', trustOf(READERS, DEPLOYERS), TO_ALL, {
      ManagedPolicyArns: [managed('ReadOnlyAccess')],
      Policies: [{ PolicyName: 'LookupRolePolicy', PolicyDocument: lookupPolicy }],
    }),
    DeploymentActionRole: role('deploy-role', 'deploy', trustOf(DEPLOYERS), TO_ALL, {
      ManagedPolicyArns: [managed('AWSCloudFormationReadOnlyAccess')],
      Policies: [{ PolicyName: 'default', PolicyDocument: deployPolicy }],
    }),
    CloudFormationExecutionRole: role(
      'cfn-exec-role',
      '',
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'cloudformation.amazonaws.com' } },
        ],
      },
      'PermissionsBoundarySet',
      {
        ManagedPolicyArns: either(
          'HasCloudFormationExecutionPolicies',
          { Ref: 'CloudFormationExecutionPolicies' },
          either('HasTrustedAccounts', NO_VALUE, [managed('AdministratorAccess')]),
        ),
      },
    ),
    FilePublishingRoleDefaultPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: named('file-publishing-role-default-policy'),
        PolicyDocument: fileAssetsPolicy,
        Roles: [{ Ref: 'FilePublishingRole' }],
      },
    },
    ImagePublishingRoleDefaultPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: named('image-publishing-role-default-policy'),
        PolicyDocument: imageAssetsPolicy,
        Roles: [{ Ref: 'ImagePublishingRole' }],
      },
    },
    CdkBootstrapVersion: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: sub('/cdk-bootstrap/${Qualifier}/version'), Value: BOOTSTRAP_VERSION },
    },
  },
  Outputs: {
    BucketName: { Value: sub('${StagingBucket}') },
    BucketDomainName: { Value: sub('${StagingBucket.RegionalDomainName}') },
    FileAssetKeyArn: {
      Value: sub('${FileAssetsBucketKmsKeyId}'),
      Export: { Name: sub('CdkBootstrap-${Qualifier}-FileAssetKeyArn') },
    },
    ImageRepositoryName: { Value: sub('${ContainerAssetsRepository}') },
    BootstrapVersion: { Value: BOOTSTRAP_VERSION },
  },
};
