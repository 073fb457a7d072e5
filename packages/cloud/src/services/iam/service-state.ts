import type { Identities } from '../../iam/identities.js';

/** The state that the operations of IAM share. */
export interface IamState {
  readonly identities: Identities;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
