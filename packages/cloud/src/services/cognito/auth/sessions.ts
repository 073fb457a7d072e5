import { createHash } from 'node:crypto';
import { notAuthorized } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import type { Tokens } from '../tokens/tokens.js';

/** Milliseconds for which the longest session can be used. */
const LONGEST = 15 * 60_000;

/** The sessions between the challenges of a sign-in. They hold their state, so that a restart ends none. */
export class Sessions {
  readonly #tokens: Tokens;
  readonly #now: () => number;
  /** Those that were used, by their digest, with the time. */
  readonly #used = new Map<string, number>();

  constructor(tokens: Tokens, now: () => number) {
    this.#tokens = tokens;
    this.#now = now;
  }

  /** @param challenge its name: a session answers no other */
  begin(pool: Pool, client: ClientRecord, challenge: string, state: object): Promise<string> {
    const seconds = (client.settings.AuthSessionValidity ?? 3) * 60;
    return this.#tokens.seal(pool, `${challenge} ${client.id}`, state, seconds);
  }

  /**
   * The state of a session, which is used by that.
   *
   * @throws AwsError NotAuthorizedException
   */
  async take<T>(pool: Pool, client: ClientRecord, challenge: string, session: string): Promise<T> {
    const opened = await this.#tokens.unseal<T>(pool, `${challenge} ${client.id}`, session);
    if (opened.kind === 'expired') throw notAuthorized('Invalid session for the user, session is expired.');
    if (opened.kind === 'invalid') throw notAuthorized('Invalid session for the user.');
    const digest = createHash('sha256').update(session).digest('base64');
    const now = this.#now();
    for (const [key, time] of this.#used) {
      if (now - time <= LONGEST) break;
      this.#used.delete(key);
    }
    if (this.#used.has(digest)) throw notAuthorized('Invalid session for the user, session can only be used once.');
    this.#used.set(digest, now);
    return opened.state;
  }
}
