import {
  type AccessRow,
  type ConditionKeys,
  type RowMaker,
  requestTags,
  type Tags,
  type Target,
} from '../../core/access.js';
import type { Call } from '../../core/operation.js';
import type { RoleRecord, Tag } from '../../iam/identity-record.js';
import { ownTags } from './reserved-tags.js';
import type { IamState } from './service-state.js';

export type IamRow<Input> = RowMaker<IamState, Input>;
export type IamKeys<Input> = ConditionKeys<IamState, Input, IamTarget>;

interface IamTarget extends Target {
  /** The tags of the role or policy. */
  readonly tags: () => Promise<Tags | undefined>;
  /** The boundary of the role, in force or asked for. */
  readonly boundary?: () => Promise<string | undefined>;
}

export function tagRecord(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** A role that is not there has the ARN it would have at the top. */
function arnOf(role: RoleRecord | undefined, name: string, call: Call): string {
  return role?.arn ?? `arn:aws:iam::${call.account}:role/${name}`;
}

const policyKeys: IamKeys<unknown> = { 'aws:ResourceTag/*': ({ target }) => target.tags() };
const roleKeys: IamKeys<unknown> = { ...policyKeys, 'iam:ResourceTag/*': ({ target }) => target.tags() };

/** The key of the boundary that a role has, or is to get. */
export const boundaryKey: IamKeys<unknown> = { 'iam:PermissionsBoundary': ({ target }) => target.boundary?.() };
/** The key of the managed policy at stake. */
export const policyArnKey: IamKeys<{ readonly PolicyArn: string }> = {
  'iam:PolicyARN': ({ input }) => input.PolicyArn,
};
/** The keys of the tags that a request brings. */
export const tagsOfRequest = requestTags(({ Tags }: { readonly Tags: readonly Tag[] }) => tagRecord(ownTags(Tags)));

interface RoleRequest {
  readonly RoleName: string;
  readonly PermissionsBoundary?: string;
}

/** Access to one role. */
export function roleAccess<Input extends RoleRequest>(
  row: IamRow<Input>,
  action: string,
  keys: IamKeys<NoInfer<Input>> = {},
): AccessRow<IamState, Input> {
  return row<IamTarget>({
    action: `iam:${action}`,
    type: 'role',
    on: async ({ RoleName, PermissionsBoundary }, call, { identities }) => {
      const role = await identities.role(call.account, RoleName);
      return {
        resource: arnOf(role, RoleName, call),
        tags: async () => role && tagRecord(role.tags),
        boundary: async () => PermissionsBoundary ?? role?.permissionsBoundary,
      };
    },
    keys: { ...roleKeys, ...keys },
  });
}

/** Access to one managed policy. */
export function policyAccess<Input extends { readonly PolicyArn: string }>(
  row: IamRow<Input>,
  action: string,
  keys: IamKeys<NoInfer<Input>> = {},
): AccessRow<IamState, Input> {
  return row<IamTarget>({
    action: `iam:${action}`,
    type: 'policy',
    on: ({ PolicyArn }, _call, { identities }) => ({
      resource: PolicyArn,
      tags: async () => {
        const policy = await identities.policy(PolicyArn);
        return policy && tagRecord(policy.tags);
      },
    }),
    keys: { ...policyKeys, ...keys },
  });
}

interface NewEntity {
  readonly Path: string;
  readonly PermissionsBoundary?: string | undefined;
  readonly Tags: readonly Tag[];
}

/** Access to a role or policy that is to be made, which has no tags yet. */
export function newAccess<Input extends NewEntity>(
  row: IamRow<Input>,
  kind: 'role' | 'policy',
  { create, tag }: { readonly create: string; readonly tag: string },
  nameOf: (input: Input) => string,
  keys: IamKeys<NoInfer<Input>> = {},
): readonly AccessRow<IamState, Input>[] {
  const target = (input: Input, { account }: Call): IamTarget => ({
    resource: `arn:aws:iam::${account}:${kind}${input.Path}${nameOf(input)}`,
    tags: async () => undefined,
    boundary: async () => input.PermissionsBoundary,
  });
  const all = { ...(kind === 'role' ? roleKeys : policyKeys), ...tagsOfRequest };
  return [
    row<IamTarget>({ action: `iam:${create}`, type: kind, on: target, keys: { ...all, ...keys } }),
    row<IamTarget>({
      action: `iam:${tag}`,
      type: kind,
      on: (input, call) => (ownTags(input.Tags).length > 0 ? target(input, call) : undefined),
      // One condition lets a role make others, with tags, under a boundary: both actions know both.
      keys: { ...all, ...keys },
    }),
  ];
}

/** Access to a list: the ARN contains the path prefix. */
export const listAccess = <Input extends { readonly PathPrefix: string }>(
  row: IamRow<Input>,
  action: string,
  kind: 'role' | 'policy',
) =>
  row({
    action: `iam:${action}`,
    on: ({ PathPrefix }, { account }) => ({ resource: `arn:aws:iam::${account}:${kind}${PathPrefix}` }),
  });
