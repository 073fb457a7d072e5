import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { collectBytes } from '../../../core/bytes.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { type CodeEntries, CodeError, readPackage } from '../../../runtime/code-package.js';
import { invalidParameter } from '../lambda-error.js';

/** Where the code of a function comes from. */
export type CodeSource =
  | { readonly kind: 'image'; readonly uri: string }
  | { readonly kind: 'zip'; readonly zip: Uint8Array }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly version: string | undefined };

/** A deployment package that has been read and found good. */
export interface DeploymentPackage {
  readonly zip: Uint8Array;
  /** Base64 */
  readonly sha256: string;
  readonly entries: CodeEntries;
}

type CodeInput = Omit<Input<'lambda', 'UpdateFunctionCode'>, 'FunctionName' | 'Architectures'>;

/** Bytes of a package that comes with its request: larger ones come from S3. */
const LARGEST_ZIP = 52_428_800;

/** Where an input says that the code is; undefined where it does not. @throws AwsError */
export function parseCodeSource(input: CodeInput): CodeSource | undefined {
  for (const name of ['SourceKMSKeyArn', 'S3ObjectStorageMode'] as const) {
    if (input[name] !== undefined) {
      throw invalidParameter(`The local cloud does not support ${name} of a function's code`);
    }
  }
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  const { ZipFile: zip, S3Bucket: bucket, S3Key: key, S3ObjectVersion: version } = input;
  if (zip && zip.length >= LARGEST_ZIP) {
    const message = `Zipped size must be smaller than ${LARGEST_ZIP} bytes`;
    throw new AwsError('RequestEntityTooLargeException', message, 413);
  }
  if (zip) return { kind: 'zip', zip };
  if (bucket === undefined || key === undefined) return undefined;
  return { kind: 's3', bucket, key, version };
}

/** Gets the code, from S3 by the caller's own leave, and looks whether it can be a function's. */
export async function loadPackage(source: CodeSource, call: Call, context: CloudContext): Promise<DeploymentPackage> {
  // An image stays where it is: nothing here runs it.
  if (source.kind === 'image') {
    return { zip: new Uint8Array(), sha256: sha256Of(Buffer.from(source.uri)), entries: new Map() };
  }
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
    const input = { Bucket: bucket, Key: key, VersionId: version };
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
