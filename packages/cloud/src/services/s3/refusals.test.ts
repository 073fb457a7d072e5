import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

// AWS's answers, recorded in February 2026.

const Bucket = 'bucket';
const MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema';

let cloud: TestCloud;
let client: S3Client;

beforeAll(async () => {
  cloud = await testCloud();
  client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'ten bytes!' }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'cold', Body: 'x', StorageClass: 'GLACIER' }));
});
afterAll(() => cloud.close());

/** Values that the SDK's types do not have. */
const odd = <T>(value: string): T => value as T;
const tags = (...TagSet: { Key: string; Value: string }[]) => ({ TagSet });
const rules = (...Rules: object[]) => ({ Rules: Rules as never });
const upload = { Bucket, Key: 'a', UploadId: 'none' };

test.each([
  [
    'two tags of one key on a bucket',
    new PutBucketTaggingCommand({ Bucket, Tagging: tags({ Key: 'k', Value: '1' }, { Key: 'k', Value: '2' }) }),
    ['InvalidTag', 'Cannot provide multiple Tags with the same key'],
  ],
  [
    "a tag of AWS's own on a bucket",
    new PutBucketTaggingCommand({ Bucket, Tagging: tags({ Key: 'aws:k', Value: '1' }) }),
    ['InvalidTag', 'System tags cannot be added/updated by requester'],
  ],
  [
    "a tag of AWS's own on an object",
    new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: tags({ Key: 'aws:k', Value: '1' }) }),
    ['InvalidTag', 'Your TagKey cannot be prefixed with aws:'],
  ],
  [
    'a comma in the value of a tag',
    new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: tags({ Key: 'k', Value: '1,2' }) }),
    ['InvalidTag', 'The TagValue you have provided is invalid'],
  ],
  [
    'two tags of one key in a header',
    new PutObjectCommand({ Bucket, Key: 'b', Tagging: 'k=1&k=2' }),
    [
      'InvalidArgument',
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    ],
  ],
  ['an unknown canned list', new PutBucketAclCommand({ Bucket, ACL: odd('fake') }), ['InvalidArgument', '']],
  [
    'no list at all',
    new PutBucketAclCommand({ Bucket }),
    ['MissingSecurityHeader', 'Your request was missing a required header'],
  ],
  [
    'a list where the owner owns all',
    new PutBucketAclCommand({ Bucket, ACL: 'public-read' }),
    ['AccessControlListNotSupported', 'The bucket does not allow ACLs'],
  ],
  [
    'a storage class of Outposts',
    new PutObjectCommand({ Bucket, Key: 'b', StorageClass: 'OUTPOSTS' }),
    ['InvalidStorageClass', 'The storage class you specified is not valid'],
  ],
  [
    'a part and a range',
    new GetObjectCommand({ Bucket, Key: 'a', PartNumber: 1, Range: 'bytes=0-1' }),
    ['InvalidRequest', 'Cannot specify both Range header and partNumber query parameter'],
  ],
  [
    'a part that is not there',
    new GetObjectCommand({ Bucket, Key: 'a', PartNumber: 2 }),
    ['InvalidPartNumber', 'The requested partnumber is not satisfiable'],
  ],
  [
    'an archived object',
    new GetObjectCommand({ Bucket, Key: 'cold' }),
    ['InvalidObjectState', "The operation is not valid for the object's storage class"],
  ],
  [
    'a type of checksum without an algorithm',
    new CreateMultipartUploadCommand({ Bucket, Key: 'b', ChecksumType: 'FULL_OBJECT' }),
    ['InvalidRequest', 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.'],
  ],
  [
    'a SHA-1 of a whole object in parts',
    new CreateMultipartUploadCommand({ Bucket, Key: 'b', ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' }),
    ['InvalidRequest', 'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.'],
  ],
  [
    'an upload of no parts',
    new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [] } }),
    ['InvalidRequest', 'You must specify at least one part'],
  ],
  [
    'a range of a copy without its unit',
    new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: 'bucket/a', CopySourceRange: '0-8' }),
    [
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    ],
  ],
  [
    'a copy of nothing',
    new CopyObjectCommand({ Bucket, Key: 'b', CopySource: 'wrong' }),
    ['InvalidArgument', 'Invalid copy source object key'],
  ],
  [
    'a version that S3 never gave',
    new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD' }),
    ['InvalidArgument', 'Invalid version id specified'],
  ],
  [
    'a marker of a version without its key',
    new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'v' }),
    ['InvalidArgument', 'A version-id marker cannot be specified without a key marker.'],
  ],
  [
    'two rules of ownership',
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: rules({ ObjectOwnership: 'ObjectWriter' }, { ObjectOwnership: 'ObjectWriter' }),
    }),
    ['MalformedXML', MALFORMED],
  ],
  [
    'two rules of encryption',
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: rules({}, {}) }),
    ['MalformedXML', MALFORMED],
  ],
  [
    "a key of KMS for S3's own encryption",
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: rules({
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'k' },
      }),
    }),
    [
      'InvalidArgument',
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    ],
  ],
  [
    'a lifecycle without a filter',
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: rules({ ID: 'i', Status: 'Enabled', Expiration: { Days: 1 } }),
    }),
    ['MalformedXML', MALFORMED],
  ],
  [
    'a lifecycle that ends at noon',
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: rules({
        Status: 'Enabled',
        Filter: {},
        Expiration: { Date: new Date('2030-01-01T12:00:00Z') },
      }),
    }),
    ['InvalidArgument', "'Date' must be at midnight GMT"],
  ],
  [
    'an unknown method of CORS',
    new PutBucketCorsCommand({
      Bucket,
      CORSConfiguration: { CORSRules: [{ AllowedMethods: ['MYMETHOD'], AllowedOrigins: ['*'] }] },
    }),
    ['InvalidRequest', 'Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD'],
  ],
  [
    'a website whose index is a path',
    new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: '/index.html' } } }),
    ['InvalidArgument', 'The IndexDocument Suffix is not well formed'],
  ],
  [
    'versioning without a status',
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} }),
    ['IllegalVersioningConfigurationException', 'The Versioning element must be specified'],
  ],
  [
    'a bypass of a retention in a bucket without locks',
    new DeleteObjectCommand({ Bucket, Key: 'a', BypassGovernanceRetention: true }),
    ['InvalidArgument', 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.'],
  ],
  [
    'a deletion by size',
    new DeleteObjectCommand({ Bucket, Key: 'a', IfMatchSize: 1 }),
    ['NotImplemented', 'A header you provided implies functionality that is not implemented'],
  ],
  [
    'a deletion of something else',
    new DeleteObjectCommand({ Bucket, Key: 'a', IfMatch: '"other"' }),
    ['PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'],
  ],
  [
    'a region that is none',
    new ListBucketsCommand({ BucketRegion: 'eu-east-1' }),
    ['InvalidArgument', 'Argument value eu-east-1 is not a valid AWS Region'],
  ],
  [
    'an owner that is no account',
    new GetBucketVersioningCommand({ Bucket, ExpectedBucketOwner: '0000' }),
    [
      'InvalidBucketOwnerAWSAccountID',
      'The value of the expected bucket owner parameter must be an AWS Account ID... [0000]',
    ],
  ],
  [
    'another bucket owner',
    new GetBucketVersioningCommand({ Bucket, ExpectedBucketOwner: '111111111111' }),
    ['AccessDenied', 'Access Denied'],
  ],
  [
    'metadata of more than two kilobytes',
    new PutObjectCommand({ Bucket, Key: 'b', Metadata: { long: 'x'.repeat(2048) } }),
    ['MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size'],
  ],
] as const)('%s is refused', async (_what, command, [name, message]) => {
  const refused = client.send(command as never).then(
    () => ({ name: undefined, message: undefined }),
    (error: Error) => error,
  );
  const error = await refused;
  expect({ name: error.name, message: error.message }).toEqual({ name, message: message || expect.anything() });
});

test.each([
  ['us-east-1', 'us-east-1', 'InvalidLocationConstraint', 'The specified location-constraint is not valid'],
  [
    'eu-west-1',
    'us-west-2',
    'IllegalLocationConstraintException',
    'The us-west-2 location constraint is incompatible for the region specific endpoint this request was sent to.',
  ],
])('a bucket asked for in %s is not made in %s', async (region, location, name, message) => {
  const regional = new S3Client(cloud.clientConfig({ region }));
  const CreateBucketConfiguration = { LocationConstraint: odd<'EU'>(location) };
  const command = new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration });
  await expect(regional.send(command)).rejects.toMatchObject({ name, message });
});

test('us-east-1 makes buckets for other regions', async () => {
  const regional = new S3Client(cloud.clientConfig({ region: 'us-east-1' }));
  const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' } as const;
  const made = await regional.send(new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration }));
  expect(made).toMatchObject({ Location: 'http://far-away.s3.amazonaws.com/', BucketArn: 'arn:aws:s3:::far-away' });
});
