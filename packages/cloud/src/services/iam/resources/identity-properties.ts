import type { RefusedValue } from '../../../core/refused-value.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import { AWS_MANAGED_POLICIES } from '../../../iam/aws-managed-policies.js';
import type { Tag } from '../../../iam/identity-record.js';
import { text, texts } from '../../../kit/properties.js';
import { added, inlinePolicies, unlessGone } from './properties.js';

/** A kind of identity by its name in operations, whose member for its name is `<noun>Name`. */
type Noun = 'Role' | 'User' | 'Group';

/** The managed policies of a template that AWS does not have. */
export function unknownManagedPolicies(...paths: readonly string[]): readonly RefusedValue[] {
  return paths.map((path) => ({
    path,
    when: isUnknownManagedPolicy,
    values: 'managed policies that AWS does not have',
    why: 'AWS has no managed policy of that name; look for a misspelling',
  }));
}

function isUnknownManagedPolicy(arn: unknown): boolean {
  return typeof arn === 'string' && arn.includes(':iam::aws:policy/') && AWS_MANAGED_POLICIES.get(arn) === undefined;
}

/** Brings the inline and the managed policies of an identity to those of its template. */
export async function changePolicies(
  noun: Noun,
  id: string,
  properties: Properties,
  previous: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const named = { [`${noun}Name`]: id };
  const inline = inlinePolicies(properties);
  for (const [PolicyName, PolicyDocument] of inline) {
    await call('iam', `Put${noun}Policy`, { ...named, PolicyName, PolicyDocument });
  }
  for (const PolicyName of added([...inline.keys()], [...inlinePolicies(previous).keys()])) {
    await unlessGone(call('iam', `Delete${noun}Policy`, { ...named, PolicyName }));
  }
  const managed = texts(properties, 'ManagedPolicyArns');
  for (const PolicyArn of managed) await call('iam', `Attach${noun}Policy`, { ...named, PolicyArn });
  for (const PolicyArn of added(managed, texts(previous, 'ManagedPolicyArns'))) {
    await unlessGone(call('iam', `Detach${noun}Policy`, { ...named, PolicyArn }));
  }
}

/** The policies from the template go with their identity; those that others attached keep it, as on AWS. */
export async function deletePolicies(
  noun: Noun,
  id: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const named = { [`${noun}Name`]: id };
  for (const PolicyName of inlinePolicies(properties).keys()) {
    await unlessGone(call('iam', `Delete${noun}Policy`, { ...named, PolicyName }));
  }
  for (const PolicyArn of texts(properties, 'ManagedPolicyArns')) {
    await unlessGone(call('iam', `Detach${noun}Policy`, { ...named, PolicyArn }));
  }
}

export async function changeBoundary(
  noun: 'Role' | 'User',
  id: string,
  properties: Properties,
  previous: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const named = { [`${noun}Name`]: id };
  const boundary = text(properties, 'PermissionsBoundary');
  if (boundary !== undefined) {
    await call('iam', `Put${noun}PermissionsBoundary`, { ...named, PermissionsBoundary: boundary });
  } else if (text(previous, 'PermissionsBoundary') !== undefined) {
    await unlessGone(call('iam', `Delete${noun}PermissionsBoundary`, named));
  }
}

export async function changeTags(
  noun: 'Role' | 'User',
  id: string,
  tags: readonly Tag[],
  previous: readonly Tag[],
  { call }: ResourceContext,
): Promise<void> {
  const named = { [`${noun}Name`]: id };
  const old = previous.map(({ Key, Value }) => `${Key}=${Value}`);
  const changed = tags.filter(({ Key, Value }) => !old.includes(`${Key}=${Value}`));
  if (changed.length > 0) await call('iam', `Tag${noun}`, { ...named, Tags: changed });
  const keys = tags.map(({ Key }) => Key);
  const removed = added(
    keys,
    previous.map(({ Key }) => Key),
  );
  if (removed.length > 0) await call('iam', `Untag${noun}`, { ...named, TagKeys: removed });
}
