import { AwsError } from '../../core/aws-error.js';
import { type Members, membersOf } from '../../core/members.js';
import type { Tag } from '../../iam/identity-record.js';

function invalid(constraint: string): AwsError {
  return new AwsError('ValidationError', `1 validation error detected: ${constraint}`, 400);
}

function label(member: string): string {
  return `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
}

function tooLong(value: string, member: string, longest: number): AwsError {
  return invalid(
    `Value '${value}' at '${label(member)}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
  );
}

/** A text that must be there. */
export function text(input: Members, member: string): string {
  const value = input.text(member);
  if (value !== undefined) return value;
  throw invalid(`Value null at '${label(member)}' failed to satisfy constraint: Member must not be null`);
}

/** A role's or policy's name. @param longest 64 for roles, 128 for policies */
export function name(input: Members, member: string, longest: number): string {
  const value = text(input, member);
  if (value.length > longest) throw tooLong(value, member, longest);
  if (/^[\w+=,.@-]+$/.test(value)) return value;
  throw new AwsError(
    'ValidationError',
    `The specified value for ${label(member)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/**
 * The path of a name.
 * @default /
 */
export function path(input: Members, member = 'Path'): string {
  const value = input.text(member) ?? '/';
  if (value.length > 512) throw tooLong(value, member, 512);
  if (/^\/([!-~]+\/)?$/.test(value)) return value;
  throw new AwsError(
    'ValidationError',
    `The specified value for ${label(member)} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  );
}

/** A whole number within bounds, or undefined where it is left out. */
export function optionalNumber(input: Members, member: string, least: number, most: number): number | undefined {
  const value = input.integer(member);
  const refuse = (constraint: string) =>
    invalid(`Value '${value}' at '${label(member)}' failed to satisfy constraint: ${constraint}`);
  if (value === undefined) return undefined;
  if (value < least) throw refuse(`Member must have value greater than or equal to ${least}`);
  if (value > most) throw refuse(`Member must have value less than or equal to ${most}`);
  return value;
}

/** Tags; the last of a key counts. */
export function tags(input: Members): readonly Tag[] {
  const found = new Map<string, Tag>();
  for (const tag of input.structures('Tags')) {
    const Key = text(tag, 'Key');
    if (Key.length > 128) throw tooLong(Key, 'tags.1.member.key', 128);
    found.set(Key, { Key, Value: tag.text('Value') ?? '' });
  }
  if (found.size > 50) throw new AwsError('LimitExceeded', 'Cannot exceed quota for TagsPerResource: 50', 409);
  return [...found.values()];
}

export function tagKeys(input: Members): readonly string[] {
  if (input.has('TagKeys')) return input.texts('TagKeys');
  throw invalid(`Value null at 'tagKeys' failed to satisfy constraint: Member must not be null`);
}

/** Where a list starts and how long a page of it is. */
export interface PageInput {
  /** The position that the page before ended at. */
  readonly after: string | undefined;
  readonly maxItems: number;
}

export function page(input: Members): PageInput {
  const marker = input.text('Marker');
  return {
    after: marker === undefined ? undefined : Buffer.from(marker, 'base64url').toString(),
    maxItems: optionalNumber(input, 'MaxItems', 1, 1000) ?? 100,
  };
}

/** The input that operations on one role share. */
export function roleInput(raw: unknown) {
  return { RoleName: name(membersOf(raw), 'RoleName', 64) };
}

/** The input that operations on one managed policy share. */
export function policyInput(raw: unknown) {
  return { PolicyArn: text(membersOf(raw), 'PolicyArn') };
}

/** The input that operations on a managed policy of a role share. */
export function attachmentInput(raw: unknown) {
  return { ...roleInput(raw), ...policyInput(raw) };
}

/** The input that operations on an inline policy of a role share. */
export function inlinePolicyInput(raw: unknown) {
  return { ...roleInput(raw), PolicyName: name(membersOf(raw), 'PolicyName', 128) };
}
