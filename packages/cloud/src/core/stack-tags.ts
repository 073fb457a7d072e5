import type { Call } from './operation.js';
import type { ResourceContext } from './resource-type.js';

/** Tags as CloudFormation templates have them. */
export type TagList = readonly { readonly Key: string; readonly Value: string }[];

const OWNER = ['aws:cloudformation:stack-id', 'aws:cloudformation:logical-id'];

/** The tags of a resource: the stack's, its own, and those by which CloudFormation marks what it made. */
export function stackTags(tags: TagList | undefined, context: ResourceContext): Record<string, string> {
  return {
    ...context.stackTags,
    ...Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value])),
    ...stackMarks(context),
  };
}

/** The tags by which CloudFormation marks what it made. */
export function stackMarks({ stackName, stackId, logicalId }: ResourceContext): Record<string, string> {
  return {
    'aws:cloudformation:stack-name': stackName,
    'aws:cloudformation:stack-id': stackId,
    'aws:cloudformation:logical-id': logicalId,
  };
}

/** True if existing tags mark this very resource, left by an interrupted create. */
export function isOwn(
  found: Readonly<Record<string, string>> | undefined,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return OWNER.every((key) => found?.[key] === wanted[key]);
}

/**
 * The tags that a service shows where CloudFormation does not tag its resources on AWS: without the marks by which this
 * cloud knows them again. Calls within the cloud see the marks.
 */
export function withoutMarks(
  tags: Readonly<Record<string, string>>,
  { request }: Call,
): Readonly<Record<string, string>> {
  if (request === undefined) return tags;
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:cloudformation:')));
}
