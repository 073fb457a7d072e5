import type { Access } from '../../core/operation.js';
import type { S3State } from './s3-state.js';

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `${bucketArn(bucket)}/${key}`;
}

/** What a call must be allowed to do to a bucket or to what is in it. */
export async function bucketAccess(
  actions: string | readonly string[],
  bucketName: string,
  { buckets }: S3State,
  more: { readonly key?: string; readonly context?: Access['context'] } = {},
): Promise<readonly Access[]> {
  const bucket = await buckets.find(bucketName);
  const resource = more.key === undefined ? bucketArn(bucketName) : objectArn(bucketName, more.key);
  return [actions].flat().map((action) => ({
    action,
    resource,
    ...(more.context && { context: more.context }),
    ...(bucket && { resourceAccount: bucket.account }),
    ...(bucket?.policy !== undefined && { resourcePolicy: async () => bucket.policy }),
  }));
}
