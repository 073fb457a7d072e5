type Part = Readonly<Record<string, unknown>>;

const sub = (text: string): Part => ({ 'Fn::Sub': text });
const bucket = [sub('${StagingBucket.Arn}'), sub('${StagingBucket.Arn}/*')];
const allow = (Action: readonly string[], Resource: unknown, more: Part = {}): Part => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const policy = (...Statement: readonly Part[]): Part => ({ Version: '2012-10-17', Statement });

const USE_KEY = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const READ_BUCKET = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
const WRITE_BUCKET = ['s3:DeleteObject*', 's3:PutObject*', 's3:Abort*'];

/** The permissions of the role that uploads files. */
export const fileAssetsPolicy = policy(
  allow([...READ_BUCKET, 's3:GetEncryptionConfiguration', ...WRITE_BUCKET], bucket, {
    Condition: { StringEquals: { 'aws:ResourceAccount': [sub('${AWS::AccountId}')] } },
  }),
  allow(USE_KEY, sub('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${FileAssetsBucketKmsKeyId}')),
);

/** The permissions of the role that pushes images. */
export const imageAssetsPolicy = policy(
  allow(
    [
      'ecr:PutImage',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:BatchCheckLayerAvailability',
      'ecr:DescribeRepositories',
      'ecr:DescribeImages',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    ],
    sub('${ContainerAssetsRepository.Arn}'),
  ),
  allow(['ecr:GetAuthorizationToken'], '*'),
);

/** The denials of the role that reads for `cdk diff` and look-ups, in addition to ReadOnlyAccess. */
export const lookupPolicy = policy({ Sid: 'DontReadSecrets', Effect: 'Deny', Action: ['kms:Decrypt'], Resource: '*' });

/** The permissions of the role of `cdk deploy` and `cdk destroy`, in addition to reading CloudFormation. */
export const deployPolicy = policy(
  allow(
    [
      'cloudformation:CreateChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
      'cloudformation:RollbackStack',
      'cloudformation:ContinueUpdateRollback',
    ],
    '*',
    { Sid: 'DeployPermissions' },
  ),
  allow([...READ_BUCKET, ...WRITE_BUCKET], '*', {
    Sid: 'PipelineCrossAccountArtifactsBucket',
    Condition: { StringNotEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } },
  }),
  allow(USE_KEY, '*', {
    Sid: 'PipelineCrossAccountArtifactsKey',
    Condition: { StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') } },
  }),
  allow(['iam:PassRole'], sub('${CloudFormationExecutionRole.Arn}')),
  allow(['cloudformation:DeleteStack', 'cloudformation:UpdateTerminationProtection', 'sts:GetCallerIdentity'], '*', {
    Sid: 'CliPermissions',
  }),
  allow(READ_BUCKET, bucket, { Sid: 'CliStagingBucket' }),
  allow(
    ['ssm:GetParameter', 'ssm:GetParameters'],
    sub('arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${CdkBootstrapVersion}'),
    { Sid: 'ReadVersion' },
  ),
  allow(['cloudformation:CreateStackRefactor', 'cloudformation:ExecuteStackRefactor'], '*', { Sid: 'Refactor' }),
);
