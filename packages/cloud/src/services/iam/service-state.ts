import { AwsError } from '../../core/aws-error.js';
import type { Store } from '../../core/store.js';
import type { Identities } from '../../iam/identities.js';
import { operationsOf } from '../../model/operation.js';
import type { Refusal } from '../../model/validate.js';
import { NAME_WORDS } from './limits.js';

/** The state that the operations of IAM share. */
export interface IamState {
  readonly store: Store;
  readonly identities: Identities;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** IAM leaves out values and sets, and has sentences of its own for names and paths. */
const refuseInput: Refusal = (violations) => {
  const [first] = violations;
  const words =
    first && !first.missing && isPattern(first.constraint) ? NAME_WORDS.get(first.limits.pattern) : undefined;
  if (first && words) {
    return new AwsError('ValidationError', `The specified value for ${first.path} is invalid. It must ${words}`);
  }
  const sentences = violations.map(
    ({ path, missing, constraint }) =>
      `Value ${missing ? 'null ' : ''}at '${path}' failed to satisfy constraint: ${constraint.replace(/ set: \[.*\]$/s, ' set')}`,
  );
  const count = `${sentences.length} validation error${sentences.length === 1 ? '' : 's'} detected`;
  return new AwsError('ValidationError', `${count}: ${sentences.join('; ')}`);
};

const isPattern = (constraint: string): boolean => constraint.includes('regular expression pattern');

/** An operation of IAM. */
export const iamOperation = operationsOf<IamState, 'iam'>('iam', refuseInput);
