import { collectBytes } from '../../../core/bytes.js';
import type { Call } from '../../../core/operation.js';
import { validationError } from '../template/template-error.js';
import type { DefinitionInput } from './input.js';
import type { CloudFormationState } from './state.js';

/** CloudFormation's limit on a template in the request itself, in bytes. */
const LARGEST_BODY = 51_200;
/** And on one in S3. */
const LARGEST_OBJECT = 1_000_000;

/**
 * The text of the template in a request: inline, at an S3 URL, or the stack's own.
 * @throws AwsError if there is none, or more than one
 */
export async function readTemplateText(
  input: Pick<DefinitionInput, 'TemplateBody' | 'TemplateURL' | 'UsePreviousTemplate'>,
  previous: string | undefined,
  call: Call,
  state: CloudFormationState,
): Promise<string> {
  const body = input.TemplateBody;
  const url = input.TemplateURL;
  if (input.UsePreviousTemplate) {
    if (previous === undefined) throw validationError('No previous template');
    return previous;
  }
  if (body !== undefined && url === undefined) {
    if (Buffer.byteLength(body) > LARGEST_BODY) {
      throw validationError(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_BODY}`,
      );
    }
    return body;
  }
  if (url !== undefined && body === undefined) {
    const text = await readFromS3(url, call, state);
    if (Buffer.byteLength(text) > LARGEST_OBJECT)
      throw validationError(`Template may not exceed ${LARGEST_OBJECT} bytes in size.`);
    return text;
  }
  throw validationError('Either Template URL or Template Body must be specified.');
}

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
