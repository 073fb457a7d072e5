import { collectBytes } from '../../../core/bytes.js';
import type { Call } from '../../../core/operation.js';
import { validationError } from '../template/template-error.js';
import type { CloudFormationState } from './state.js';

/** The text of an S3 object, read with the caller's permissions. */
export async function readFromS3(url: string, call: Call, state: CloudFormationState): Promise<string> {
  const { bucket, key } = s3Object(url);
  const output: unknown = await state.cloud.dispatch('s3', 'GetObject', { Bucket: bucket, Key: key }, call);
  const body = typeof output === 'object' && output !== null && 'Body' in output ? output.Body : undefined;
  const bytes = await collectBytes(body);
  if (bytes === undefined) throw validationError(`S3 error: ${url} has no content`);
  return Buffer.from(bytes).toString('utf8');
}

/** Bucket and key of an S3 URI, or of an S3 URL in path style (ours, or `s3.<region>.amazonaws.com`) or virtual-host style. */
export function s3Object(url: string): { readonly bucket: string; readonly key: string } {
  const wrong = validationError('TemplateURL must be a supported URL.');
  if (!URL.canParse(url)) throw wrong;
  const { hostname, pathname, protocol } = new URL(url);
  if (protocol === 's3:') {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(url) ?? [];
    if (key === '') throw wrong;
    return { bucket, key };
  }
  const path = pathname.slice(1).split('/').map(decodeURIComponent);
  const virtualHost =
    /^(.+?)\.s3[.-](?:.+\.)?(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(hostname) ??
    /^(.+)\.localhost$/.exec(hostname);
  const [bucket, ...key] = virtualHost?.[1] && virtualHost[1] !== 's3' ? [virtualHost[1], ...path] : path;
  if (!bucket || key.length === 0 || key.join('/') === '') throw wrong;
  return { bucket, key: key.join('/') };
}
