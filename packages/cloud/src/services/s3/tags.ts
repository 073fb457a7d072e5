import type { Tags } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import { failedWith } from '../../core/aws-failure.js';
import type { Call } from '../../core/operation.js';
import { s3Error } from './s3-error.js';

export type TagSet = readonly { readonly Key: string; readonly Value: string }[];

/** S3's words for a key of AWS's own. */
export const RESERVED_BUCKET_TAG = 'System tags cannot be added/updated by requester';
const RESERVED_OBJECT_TAG = 'Your TagKey cannot be prefixed with aws:';

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

function invalidTag(message: string, fields: Readonly<Record<string, string>>): AwsError {
  return new AwsError('InvalidTag', message, 400, fields);
}

/**
 * Looks whether a resource may get tags.
 *
 * @param reserved the service's words for a key of AWS's own
 * @throws AwsError InvalidTag
 */
export function checkTags(tags: TagSet, reserved: string, call?: Call): void {
  const keys = new Set<string>();
  for (const { Key, Value } of tags) {
    if (keys.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key });
    keys.add(Key);
    // Only CloudFormation sets tags of AWS's own, on what it makes.
    if (/^aws:/i.test(Key) && call?.resourceId === undefined) throw invalidTag(reserved, { TagKey: Key });
    if (Key === '' || Key.length > LONGEST_KEY || !ALLOWED.test(Key)) {
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key });
    }
    if (Value.length > LONGEST_VALUE || !ALLOWED.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: Key, TagValue: Value });
    }
  }
}

export function tagRecord(tags: TagSet): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

const MOST_OF_OBJECT = 10;

/**
 * The tags of an object in the header `x-amz-tagging`: a query string.
 *
 * @throws AwsError InvalidArgument, InvalidTag, BadRequest
 */
export function readTaggingHeader(text: string | undefined): Tags {
  if (text === undefined) return {};
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  try {
    checkObjectTags(tags);
  } catch (error) {
    if (!failedWith(error, 'InvalidTag') || error.message === RESERVED_OBJECT_TAG) throw error;
    throw s3Error.invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      text,
    );
  }
  return tagRecord(tags);
}

/** @throws AwsError InvalidTag, BadRequest */
export function checkObjectTags(tags: TagSet): void {
  if (tags.length > MOST_OF_OBJECT) {
    throw new AwsError('BadRequest', `Object tags cannot be greater than ${MOST_OF_OBJECT}`);
  }
  checkTags(tags, RESERVED_OBJECT_TAG);
}
