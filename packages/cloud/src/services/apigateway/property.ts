import { unlessGone as unlessMissing } from '../../core/aws-failure.js';
import type { Properties, ResourceContext } from '../../core/resource-type.js';
import { stackMarks } from '../../core/stack-tags.js';
import { structures } from '../../kit/properties.js';

/** The tags of a new resource: its own over its stack's, and CloudFormation's marks. */
export function newTags(properties: Properties, context: ResourceContext): Readonly<Record<string, string>> {
  return { ...tags(properties, context.stackTags), ...stackMarks(context) };
}

/** `Tags` over the stack's own. */
export function tags(
  properties: Properties,
  stackTags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = structures(properties, 'Tags').map((tag) => [String(tag.Key), String(tag.Value)] as const);
  return { ...stackTags, ...Object.fromEntries(own) };
}

/** Makes the tags of a resource what they are now. `path` is the resource's below `/`: `restapis/abc`. */
export async function retag(
  path: string,
  now: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  context: ResourceContext,
): Promise<void> {
  const resourceArn = `arn:aws:apigateway:${context.region}::/${path}`;
  const gone = Object.keys(before).filter((key) => now[key] === undefined);
  const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => before[key] !== value));
  if (gone.length > 0) await context.call('apigateway', 'UntagResource', { resourceArn, tagKeys: gone });
  if (Object.keys(changed).length > 0) await context.call('apigateway', 'TagResource', { resourceArn, tags: changed });
}

/** Waits for a delete; what has gone already is as good. */
export const unlessGone = (deletion: Promise<unknown>): Promise<void> => unlessMissing(deletion, 'NotFoundException');

/** `replace` where there is a value, `remove` where there was one. */
export function patchOf(path: string, value: string | undefined, previous: string | undefined): readonly Patch[] {
  if (value !== undefined) return value === previous ? [] : [{ op: 'replace', path, value }];
  return previous === undefined ? [] : [{ op: 'remove', path }];
}

/** `remove` for what a list no longer has, `add` for what is new in it. */
export function listPatches(path: string, values: readonly string[], previous: readonly string[]): readonly Patch[] {
  return [
    ...previous.filter((value) => !values.includes(value)).map((value): Patch => ({ op: 'remove', path, value })),
    ...values.filter((value) => !previous.includes(value)).map((value): Patch => ({ op: 'add', path, value })),
  ];
}

export interface Patch {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: string;
}

/** One part of a patch path (RFC 6901). */
export function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
