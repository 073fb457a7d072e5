import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type { BoundSource } from './source-target.js';
import { mapStream, type StreamDelivery } from './stream-mapping.js';

/** A Kinesis stream, and the handling of records that the function did not process. */
export interface StreamBinding extends StreamDelivery {
  readonly stream: kinesis.IStreamRef;
}

/**
 * The permissions with which Lambda reads a stream without a registered consumer ("Lambda execution role permissions").
 */
const READ = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

export const streamSource: BoundSource<StreamBinding> = {
  takes: 'a Kinesis stream',
  resource: 'stream',
  mark: 'streamRef',
  bind: (target, { stream, ...delivery }) => {
    const { streamArn } = stream.streamRef;
    mapStream(target, 'Stream', streamArn, delivery);
    iam.Grant.addToPrincipal({ grantee: target.grantee, actions: READ, resourceArns: [streamArn] });
    // A reference does not expose the key of an encrypted stream; the construct does.
    if ('encryptionKey' in stream) (stream as kinesis.IStream).encryptionKey?.grantDecrypt(target.grantee);
  },
};
