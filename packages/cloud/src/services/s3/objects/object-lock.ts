import type { BucketRecord } from '../buckets/bucket-record.js';
import { s3Error } from '../s3-error.js';
import type { LegalHold, Locks, ObjectRecord, Retention, RetentionMode } from './object-record.js';

/** Members of inputs that put an object under a lock. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

export function isRetentionMode(text: string | undefined): text is RetentionMode {
  return text === 'GOVERNANCE' || text === 'COMPLIANCE';
}

export function isLegalHold(text: string | undefined): text is LegalHold {
  return text === 'ON' || text === 'OFF';
}

/** @throws AwsError InvalidRequest */
export function checkLockable({ settings }: BucketRecord): void {
  if (!settings.objectLock) throw s3Error.invalidRequest('Bucket is missing Object Lock Configuration');
}

/** A date as S3's message has it: as Java prints it where S3 was written. */
function javaDate(date: Date): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    weekday: 'short',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    year: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const { weekday, month, day, hour, minute, second, timeZoneName, year } = parts;
  return `${weekday} ${month} ${day} ${hour}:${minute}:${second} ${timeZoneName} ${year}`;
}

/** @throws AwsError InvalidArgument */
export function checkFuture(until: Date, now: number): void {
  if (until.getTime() > now) return;
  throw s3Error.invalidArgument('The retain until date must be in the future!', 'RetainUntilDate', javaDate(until));
}

function askedRetention(input: LockInput, now: number): Retention | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = input;
  if (mode === undefined && until === undefined) return undefined;
  if (mode !== undefined && !isRetentionMode(mode)) {
    throw s3Error.invalidArgument('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode);
  }
  if (mode === undefined || until === undefined) {
    const message = 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied';
    const missing = mode === undefined ? 'mode' : 'retain-until-date';
    throw s3Error.invalidArgument(message, `x-amz-object-lock-${missing === 'mode' ? 'retain-until-date' : 'mode'}`);
  }
  checkFuture(until, now);
  return { mode, until: until.getTime() };
}

function defaultRetention({ settings }: BucketRecord, now: number): Retention | undefined {
  const { Mode, Days = 0, Years = 0 } = settings.objectLock?.Rule?.DefaultRetention ?? {};
  if (!isRetentionMode(Mode)) return undefined;
  const end = new Date(now + Days * DAY);
  end.setUTCFullYear(end.getUTCFullYear() + Years);
  return { mode: Mode, until: end.getTime() };
}

/**
 * The locks of an object that is written: those that the request asks for, else the bucket's.
 *
 * @throws AwsError InvalidRequest where the bucket has no Object Lock; InvalidArgument
 */
export function newLocks(input: LockInput, bucket: BucketRecord, now: number): Locks {
  const { ObjectLockLegalHoldStatus: hold } = input;
  const retention = askedRetention(input, now);
  if (hold !== undefined && !isLegalHold(hold)) {
    throw s3Error.invalidArgument('Legal Hold must be either of ON or OFF', 'x-amz-object-lock-legal-hold', hold);
  }
  if (retention || hold) checkLockable(bucket);
  return { retention: retention ?? defaultRetention(bucket, now), legalHold: hold };
}

/** The locks of a version as headers tell them. */
export function lockOutput({ retention, legalHold }: Locks) {
  return {
    ObjectLockMode: retention?.mode,
    ObjectLockRetainUntilDate: retention && new Date(retention.until),
    ObjectLockLegalHoldStatus: legalHold,
  };
}

export function protectedByLock() {
  return s3Error.accessDenied('Access Denied because object protected by object lock.');
}

/** True while a retention may be shortened or ignored by nobody, or by nobody without permission to. */
export function isRetained({ retention }: Locks, now: number, bypass: boolean): boolean {
  if (!retention || retention.until <= now) return false;
  return retention.mode === 'COMPLIANCE' || !bypass;
}

/** @throws AwsError AccessDenied where a version is protected; InvalidArgument for a bypass of what cannot be locked */
export function checkDeletable(object: ObjectRecord | undefined, bypass: boolean, now: number): void {
  if (!object) return;
  if (object.legalHold === 'ON' || isRetained(object, now, bypass)) throw protectedByLock();
}

/** @throws AwsError InvalidArgument */
export function checkBypass(bypass: boolean | undefined, { settings }: BucketRecord): void {
  if (!bypass || settings.objectLock) return;
  const header = 'x-amz-bypass-governance-retention';
  throw s3Error.invalidArgument(`${header} is only applicable to Object Lock enabled buckets.`, header);
}
