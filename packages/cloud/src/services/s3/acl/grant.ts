import type { BucketSettings } from '../buckets/bucket-settings.js';

/** An access control list as it is kept and answered. */
export type AccessControlList = NonNullable<BucketSettings['acl']>;
export type Grant = NonNullable<AccessControlList['Grants']>[number];
