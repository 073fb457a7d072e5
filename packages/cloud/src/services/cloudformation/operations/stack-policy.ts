import type { Call } from '../../../core/operation.js';
import { parseStackPolicy } from '../stack/stack-policy.js';
import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { readFromS3 } from './read-template-text.js';
import { type CloudFormationState, cloudFormationOperation, storeOf } from './state.js';

/**
 * The stack policy in a request; undefined where it has none.
 * @param member `StackPolicy`, `StackPolicyDuringUpdate`
 * @throws AwsError ValidationError for a text that is no stack policy
 */
export async function stackPolicyIn(
  input: { readonly [Member in `StackPolicy${'' | 'DuringUpdate'}${'Body' | 'URL'}`]?: string | undefined },
  member: 'StackPolicy' | 'StackPolicyDuringUpdate',
  call: Call,
  state: CloudFormationState,
): Promise<string | undefined> {
  const body = input[`${member}Body`];
  const url = input[`${member}URL`];
  if (body !== undefined && url !== undefined) {
    throw validationError(`You cannot specify both ${member}URL and ${member}Body`);
  }
  const text = url === undefined ? body : await readFromS3(url, call, state);
  if (text !== undefined) parseStackPolicy(text);
  return text;
}

export const setStackPolicy = cloudFormationOperation({
  name: 'SetStackPolicy',
  parse: (input) => ({ input, name: input.StackName }),
  access: (row) => [
    namedAccess(row, 'SetStackPolicy', {
      'cloudformation:StackPolicyUrl': ({ input: { input } }) => input.StackPolicyURL,
    }),
  ],
  handle: async ({ input, name }, call, state) => {
    const policy = await stackPolicyIn(input, 'StackPolicy', call, state);
    const found = await findStack(name, call, state);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(found.id, call, state);
      await storeOf(state, call).save({ ...stack, ...(policy !== undefined && { policy }) });
    });
  },
});

export const getStackPolicy = cloudFormationOperation({
  name: 'GetStackPolicy',
  parse: ({ StackName }) => ({ name: StackName }),
  access: (row) => [namedAccess(row, 'GetStackPolicy')],
  handle: async ({ name }, call, state) => {
    const { policy, operation } = await findStack(name, call, state);
    // An update may have a policy of its own, which is the stack's until it ends.
    return { StackPolicyBody: operation?.policy ?? policy };
  },
});
