import { createHmac, timingSafeEqual } from 'node:crypto';
import { notAuthorized } from '../cognito-error.js';
import type { ClientRecord } from '../pools/pool-record.js';

/**
 * Checks that a client that has a secret knows it ("Computing secret hash values", developer guide).
 *
 * @param usernames of the request; where it names none, those that the hash may be of
 * @throws AwsError NotAuthorizedException
 */
export function checkSecretHash(
  { id, secret }: ClientRecord,
  usernames: readonly string[],
  given: string | undefined,
): void {
  if (secret === undefined) {
    if (given === undefined) return;
    throw notAuthorized(`Client ${id} is not configured for secret but secret hash was received`);
  }
  if (given === undefined) {
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  }
  const actual = Buffer.from(given);
  const isOf = (username: string): boolean => {
    const expected = Buffer.from(
      createHmac('sha256', secret)
        .update(username + id)
        .digest('base64'),
    );
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  };
  if (!usernames.some(isOf)) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}
