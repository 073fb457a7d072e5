import type { Identities } from '../../iam/identities.js';

/** What the operations of IAM share. */
export interface IamState {
  readonly identities: Identities;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
