import { notAuthorized } from '../cognito-error.js';
import type { UserRecord } from '../users/user-record.js';

/** Wrong passwords in a row that lock nobody out. */
const FREE = 5;
const LONGEST = 15 * 60_000;

interface Attempts {
  readonly count: number;
  /** Epoch milliseconds until which no password is looked at. */
  readonly until: number;
}

/**
 * Wrong passwords by user: after five, each locks the user out for twice as long as the one before, from one second to
 * about fifteen minutes ("Lockout behavior for failed sign-in attempts", developer guide).
 */
export class SignInAttempts {
  readonly #byUser = new Map<string, Attempts>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws AwsError NotAuthorizedException while the user is locked out */
  check({ sub }: UserRecord): void {
    if ((this.#byUser.get(sub)?.until ?? 0) > this.#now()) throw notAuthorized('Password attempts exceeded');
  }

  failed({ sub }: UserRecord): void {
    const count = (this.#byUser.get(sub)?.count ?? 0) + 1;
    const wait = count < FREE ? 0 : Math.min(LONGEST, 1000 * 2 ** (count - FREE));
    this.#byUser.set(sub, { count, until: this.#now() + wait });
  }

  succeeded({ sub }: UserRecord): void {
    this.#byUser.delete(sub);
  }
}
