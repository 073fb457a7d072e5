import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { validationError } from '../template/template-error.js';
import { readFromS3 } from './read-from-s3.js';
import type { CloudFormationState } from './state.js';

/** CloudFormation's limit on a template in the request itself, in bytes. */
const LARGEST_BODY = 51_200;
/** And on one in S3. */
const LARGEST_OBJECT = 1_000_000;

/** The members of a request that have its template. */
export type TemplateInput = Pick<
  Input<'cloudformation', 'UpdateStack'>,
  'TemplateBody' | 'TemplateURL' | 'UsePreviousTemplate'
>;

/** The template of a request: in the request itself, at an S3 URL, or the one that the stack has. */
export type TemplateSource =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'previous' };

/** @throws AwsError ValidationError if there is none, or more than one, or one that is too long */
export function parseTemplateSource({
  TemplateBody: text,
  TemplateURL: url,
  UsePreviousTemplate,
}: TemplateInput): TemplateSource {
  if (UsePreviousTemplate) return { kind: 'previous' };
  if (url !== undefined && text === undefined) return { kind: 'url', url };
  if (text === undefined || url !== undefined) {
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (Buffer.byteLength(text) > LARGEST_BODY) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_BODY}`,
    );
  }
  return { kind: 'body', text };
}

/**
 * The text of a template, read with the caller's permissions.
 * @param previous the text that the stack has; undefined where the request is about none
 * @throws AwsError
 */
export async function readTemplateText(
  source: TemplateSource,
  previous: string | undefined,
  call: Call,
  state: CloudFormationState,
): Promise<string> {
  if (source.kind === 'body') return source.text;
  if (source.kind === 'previous') {
    if (previous === undefined) throw validationError('No previous template');
    return previous;
  }
  const text = await readFromS3(source.url, call, state);
  if (Buffer.byteLength(text) > LARGEST_OBJECT)
    throw validationError(`Template may not exceed ${LARGEST_OBJECT} bytes in size.`);
  return text;
}
