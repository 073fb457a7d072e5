import { randomInt, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { SentCode, UserRecord } from './user-record.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds for which a code is good, by its purpose ("Quotas in Amazon Cognito", developer guide). */
function lifetimeOf(purpose: string): number {
  return purpose === 'reset' ? HOUR : DAY;
}

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The user with a code that takes the place of one that was sent for the same purpose. */
export function withCode(
  user: UserRecord,
  purpose: string,
  sent: Pick<SentCode, 'code' | 'attribute'>,
  now: number,
): UserRecord {
  return { ...user, codes: { ...user.codes, [purpose]: { ...sent, expires: now + lifetimeOf(purpose) } } };
}

export function withoutCode(user: UserRecord, purpose: string): UserRecord {
  const { [purpose]: _, ...codes } = user.codes ?? {};
  return { ...user, codes };
}

export const codeMismatch = (): AwsError =>
  new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');

export const expiredCode = (): AwsError =>
  new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

/**
 * The code that was sent, if it is what somebody gave.
 *
 * @throws AwsError CodeMismatchException, ExpiredCodeException
 */
export function checkCode(user: UserRecord, purpose: string, given: string, now: number): SentCode {
  const sent = user.codes?.[purpose];
  if (!sent || sent.expires < now) throw expiredCode();
  const expected = Buffer.from(sent.code);
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw codeMismatch();
  return sent;
}
