import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import type { Tag } from '../../../iam/identity-record.js';

function wrong(property: string, expected: string): AwsError {
  return new AwsError('ValidationError', `Properties validation failed: ${property}: expected ${expected}`);
}

export function optionalText(properties: Properties, property: string): string | undefined {
  const value = properties[property];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrong(property, 'type: String');
}

export function neededText(properties: Properties, property: string): string {
  const value = optionalText(properties, property);
  if (value === undefined)
    throw new AwsError('ValidationError', `Properties validation failed: required key [${property}] not found`);
  return value;
}

export function texts(properties: Properties, property: string): readonly string[] {
  const value = properties[property];
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw wrong(property, 'a list of String');
}

/** A policy document, written as JSON in the template or as the text of it. */
export function policyText(properties: Properties, property: string): string {
  const value = properties[property];
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  throw new AwsError('ValidationError', `Properties validation failed: required key [${property}] not found`);
}

/** Name to text of the policies written inside an identity. */
export function inlinePolicies(properties: Properties): ReadonlyMap<string, string> {
  const value = properties.Policies;
  if (value === undefined) return new Map();
  if (!Array.isArray(value)) throw wrong('Policies', 'type: JSONArray');
  return new Map(value.map((each: Properties) => [neededText(each, 'PolicyName'), policyText(each, 'PolicyDocument')]));
}

/** The resource's own tags over those of its stack. */
export function resourceTags(properties: Properties, { stackTags }: ResourceContext): readonly Tag[] {
  const value = properties.Tags ?? [];
  if (!Array.isArray(value)) throw wrong('Tags', 'type: JSONArray');
  const tags = new Map(Object.entries(stackTags));
  for (const each of value as Properties[]) tags.set(neededText(each, 'Key'), neededText(each, 'Value'));
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

/** Does what may find its subject gone already. */
export async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!failedWith(error, 'NoSuchEntity')) throw error;
  }
}

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
