import type { Call } from '../../../core/operation.js';
import { parseStackPolicy } from '../stack/stack-policy.js';
import { validationError } from '../template/template-error.js';
import { readFromS3 } from './read-from-s3.js';
import type { CloudFormationState } from './state.js';

/** The stack policy of a request: in the request itself, or at an S3 URL. */
export type PolicySource =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'url'; readonly url: string };

type Member = 'StackPolicy' | 'StackPolicyDuringUpdate';

/** @throws AwsError ValidationError if there are two */
export function parsePolicySource(
  input: { readonly [Name in `${Member}${'Body' | 'URL'}`]?: string | undefined },
  member: Member = 'StackPolicy',
): PolicySource | undefined {
  const text = input[`${member}Body`];
  const url = input[`${member}URL`];
  if (text !== undefined && url !== undefined) {
    throw validationError(`You cannot specify both ${member}URL and ${member}Body`);
  }
  if (url !== undefined) return { kind: 'url', url };
  return text === undefined ? undefined : { kind: 'body', text };
}

/** The text of a stack policy, read with the caller's permissions. @throws AwsError ValidationError if it is none */
export async function readStackPolicy(
  source: PolicySource | undefined,
  call: Call,
  state: CloudFormationState,
): Promise<string | undefined> {
  if (source === undefined) return undefined;
  const text = source.kind === 'url' ? await readFromS3(source.url, call, state) : source.text;
  parseStackPolicy(text);
  return text;
}
