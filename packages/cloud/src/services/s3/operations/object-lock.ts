import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { objectAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findChangeable, findObject } from '../objects/find-object.js';
import {
  checkFuture,
  checkLockable,
  isLegalHold,
  isRetained,
  isRetentionMode,
  protectedByLock,
} from '../objects/object-lock.js';
import type { Retention } from '../objects/object-record.js';
import { bypassAccess } from '../objects/write-access.js';
import { s3Operation } from '../service-state.js';

const DAY = 86_400_000;

function noLock(): AwsError {
  return new AwsError(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
    404,
  );
}

export const getObjectRetention = s3Operation({
  name: 'GetObjectRetention',
  access: (row) => [objectAccess(row, 'GetObjectRetention')],
  handle: async (input, call, state) => {
    checkLockable(await openBucket(input, call, state));
    const { retention } = await findObject(input, call, state);
    if (!retention) throw noLock();
    return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } };
  },
});

export const putObjectRetention = s3Operation({
  name: 'PutObjectRetention',
  parse: (input) => {
    const { Mode, RetainUntilDate } = input.Retention ?? {};
    if (Mode === undefined && RetainUntilDate === undefined) {
      if (input.Retention === undefined) throw malformedXml();
      return { ...input, retention: undefined };
    }
    if (!isRetentionMode(Mode) || RetainUntilDate === undefined) throw malformedXml();
    const retention: Retention = { mode: Mode, until: RetainUntilDate.getTime() };
    return { ...input, retention };
  },
  access: (row) => [
    objectAccess(row, 'PutObjectRetention', {
      's3:object-lock-mode': ({ input }) => input.retention?.mode,
      's3:object-lock-remaining-retention-days': ({ input: { retention }, state }) =>
        retention && String(Math.ceil((retention.until - state.now()) / DAY)),
      's3:object-lock-retain-until-date': ({ input: { retention } }) =>
        retention && new Date(retention.until).toISOString(),
    }),
    bypassAccess(row),
  ],
  handle: async (input, call, state) => {
    const { Bucket, Key, retention, BypassGovernanceRetention: bypass = false } = input;
    checkLockable(await openBucket(input, call, state));
    const object = await findChangeable(input, call, state);
    if (retention) checkFuture(new Date(retention.until), state.now());
    await state.objects.amend(Bucket, Key, object.versionId, (before) => {
      const shortens = !retention || retention.until < (before.retention?.until ?? 0);
      const weakens = before.retention?.mode === 'COMPLIANCE' && retention?.mode !== 'COMPLIANCE';
      if ((shortens || weakens) && isRetained(before, state.now(), bypass)) throw protectedByLock();
      return { ...before, retention };
    });
    return {};
  },
});

export const getObjectLegalHold = s3Operation({
  name: 'GetObjectLegalHold',
  access: (row) => [objectAccess(row, 'GetObjectLegalHold')],
  handle: async (input, call, state) => {
    checkLockable(await openBucket(input, call, state));
    const { legalHold } = await findObject(input, call, state);
    if (!legalHold) throw noLock();
    return { LegalHold: { Status: legalHold } };
  },
});

export const putObjectLegalHold = s3Operation({
  name: 'PutObjectLegalHold',
  parse: (input) => {
    const status = input.LegalHold?.Status;
    if (!isLegalHold(status)) throw malformedXml();
    return { ...input, status };
  },
  access: (row) => [
    objectAccess(row, 'PutObjectLegalHold', { 's3:object-lock-legal-hold': ({ input }) => input.status }),
  ],
  handle: async (input, call, state) => {
    const { Bucket, Key, status } = input;
    checkLockable(await openBucket(input, call, state));
    const object = await findChangeable(input, call, state);
    await state.objects.amend(Bucket, Key, object.versionId, (before) => ({ ...before, legalHold: status }));
    return {};
  },
});
