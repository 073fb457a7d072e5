import { createHash } from 'node:crypto';
import { AwsError } from '../../core/aws-error.js';
import { collectBytes } from '../../core/bytes.js';
import type { CloudContext } from '../../core/cloud.js';
import type { InputReader } from '../../core/input-reader.js';
import type { Call } from '../../core/operation.js';
import { type CodeEntries, CodeError, readPackage } from '../../runtime/code-package.js';
import { invalidParameter } from './invalid-parameter.js';

/** Where the code of a function comes from. */
export type CodeSource =
  | { readonly kind: 'image'; readonly uri: string }
  | { readonly kind: 'zip'; readonly zip: Uint8Array }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly version?: string };

/** A deployment package that has been read and found good. */
export interface DeploymentPackage {
  readonly zip: Uint8Array;
  /** Base64 */
  readonly sha256: string;
  readonly entries: CodeEntries;
}

/** Reads ZipFile, or S3Bucket and S3Key, of an input; undefined where there is neither. */
export function readCodeSource(input: InputReader | undefined): CodeSource | undefined {
  if (input === undefined) return undefined;
  for (const name of ['SourceKMSKeyArn', 'S3ObjectStorageMode']) {
    if (input.has(name)) throw invalidParameter(`The local cloud does not support ${name} of a function's code`);
  }
  const uri = input.text('ImageUri');
  if (uri !== undefined) return { kind: 'image', uri };
  const zip = input.bytes('ZipFile');
  const bucket = input.text('S3Bucket');
  const key = input.text('S3Key');
  const version = input.text('S3ObjectVersion');
  if (zip) return { kind: 'zip', zip };
  if (bucket === undefined || key === undefined) return undefined;
  return { kind: 's3', bucket, key, ...(version !== undefined && { version }) };
}

/** Gets the code, from S3 by the caller's own leave, and looks whether it can be a function's. */
export async function loadPackage(source: CodeSource, call: Call, context: CloudContext): Promise<DeploymentPackage> {
  // An image stays where it is: nothing here runs it.
  if (source.kind === 'image')
    return { zip: new Uint8Array(), sha256: sha256Of(Buffer.from(source.uri)), entries: new Map() };
  const zip = source.kind === 'zip' ? source.zip : await fromS3(source, call, context);
  if (zip.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  const entries = await readEntries(zip, context);
  if (![...entries.values()].some(({ kind }) => kind === 'file')) {
    throw invalidParameter('Uploaded file must be a non-empty zip');
  }
  return { zip, sha256: sha256Of(zip), entries };
}

async function readEntries(zip: Uint8Array, { emit, now }: CloudContext): Promise<CodeEntries> {
  try {
    return await readPackage(zip);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    if (error.reason !== undefined) {
      emit({ kind: 'warning', time: now(), message: `a deployment package is refused: ${error.reason}` });
    }
    throw invalidParameter(error.message);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

async function fromS3(
  { bucket, key, version }: Extract<CodeSource, { kind: 's3' }>,
  call: Call,
  { dispatch }: CloudContext,
): Promise<Uint8Array> {
  try {
    const input = { Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) };
    const output: unknown = await dispatch('s3', 'GetObject', input, { ...call, resourceId: undefined });
    const bytes = await collectBytes(typeof output === 'object' && output !== null && Reflect.get(output, 'Body'));
    if (bytes === undefined) throw new Error('GetObject gave no body');
    return bytes;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 403) {
      throw new AwsError(
        'AccessDeniedException',
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${bucket}/${key}. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
        403,
        { Type: 'User' },
      );
    }
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}
