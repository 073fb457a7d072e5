import type { UserRecord } from '../users/user-record.js';

/** `userAttributes` of a user that is there, as triggers get them. */
export function triggerAttributes({ sub, status, attributes }: UserRecord): Readonly<Record<string, string>> {
  return { sub, 'cognito:user_status': status, ...attributes };
}
