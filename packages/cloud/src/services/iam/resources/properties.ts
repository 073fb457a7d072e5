import { AwsError } from '../../../core/aws-error.js';
import { failedWith, unlessGone as unlessMissing } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import type { Tag } from '../../../iam/identity-record.js';
import { neededText, structures, text } from '../../../kit/properties.js';

/** A policy document, written as JSON in the template or as the text of it. */
export function policyText(properties: Properties, property: string): string {
  const value = properties[property];
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  throw new AwsError('ValidationError', `Properties validation failed: required key [${property}] not found`);
}

/** Name to text of the policies written inside an identity. */
export function inlinePolicies(properties: Properties): ReadonlyMap<string, string> {
  const policies = structures(properties, 'Policies');
  return new Map(policies.map((each) => [neededText(each, 'PolicyName'), policyText(each, 'PolicyDocument')]));
}

/** The resource's own tags over those of its stack. */
export function resourceTags(properties: Properties, { stackTags }: ResourceContext): readonly Tag[] {
  const tags = new Map(Object.entries(stackTags));
  for (const each of structures(properties, 'Tags')) tags.set(neededText(each, 'Key'), text(each, 'Value') ?? '');
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** The tags with which CloudFormation marks the resources that it creates. */
export function stackMarks({ stackId, stackName, logicalId }: ResourceContext): readonly Tag[] {
  return [
    { Key: 'aws:cloudformation:stack-id', Value: stackId },
    { Key: 'aws:cloudformation:stack-name', Value: stackName },
    { Key: 'aws:cloudformation:logical-id', Value: logicalId },
  ];
}

interface ShownTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/** True if this stack created the existing resource for this logical id, before it was interrupted. */
export function isMarked(tags: readonly ShownTag[] | undefined, context: ResourceContext): boolean {
  return stackMarks(context).every((mark) => tags?.some(({ Key, Value }) => Key === mark.Key && Value === mark.Value));
}

/** The members of `after` that are not in `before`. */
export function added(before: readonly string[], after: readonly string[]): readonly string[] {
  return after.filter((each) => !before.includes(each));
}

/** Waits for a delete; what has gone already is as good. */
export const unlessGone = (deletion: Promise<unknown>): Promise<void> => unlessMissing(deletion, 'NoSuchEntity');

/**
 * Creates what may be there already: of this very creation, which was cut off, or of somebody else.
 *
 * @param isOwn whether what is there was made by this creation
 * @throws AwsError AlreadyExists for somebody else's
 */
export async function createOrTakeUp<Created>(
  type: string,
  id: string,
  create: () => Promise<Created>,
  isOwn: () => boolean | Promise<boolean>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!failedWith(error, 'EntityAlreadyExists')) throw error;
    if (await isOwn()) return;
    throw new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${id}' already exists.`);
  }
}
