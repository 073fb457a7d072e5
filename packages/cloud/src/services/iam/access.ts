import {
  type AccessRow,
  type ConditionKeys,
  type RowMaker,
  requestTags,
  type Tags,
  type Target,
} from '../../core/access.js';
import type { Call } from '../../core/operation.js';
import type { Tag } from '../../iam/identity-record.js';
import type { EntityKind, EntityRecord } from './entity-kind.js';
import type { IamState } from './service-state.js';
import { ownTags } from './tagging.js';

export type IamRow<Input> = RowMaker<IamState, Input>;
export type IamKeys<Input> = ConditionKeys<IamState, Input, IamTarget>;

interface IamTarget extends Target {
  /** The tags of the entity. */
  readonly tags: () => Promise<Tags | undefined>;
  /** The boundary of the role or user, in force or asked for. */
  readonly boundary?: () => Promise<string | undefined>;
}

export function tagRecord(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

type EntityType = EntityKind<EntityRecord>['type'];

const taggedKeys: IamKeys<unknown> = { 'aws:ResourceTag/*': ({ target }) => target.tags() };
const ownTaggedKeys: IamKeys<unknown> = { ...taggedKeys, 'iam:ResourceTag/*': ({ target }) => target.tags() };

/** The keys that the type of a resource brings with it. */
const TYPE_KEYS: Readonly<Record<EntityType | 'policy', IamKeys<unknown>>> = {
  role: ownTaggedKeys,
  user: ownTaggedKeys,
  group: {},
  'instance-profile': taggedKeys,
  policy: taggedKeys,
};

/** The key of the boundary that a role or user has, or is to get. */
export const boundaryKey: IamKeys<unknown> = { 'iam:PermissionsBoundary': ({ target }) => target.boundary?.() };
/** The key of the managed policy at stake. */
export const policyArnKey: IamKeys<{ readonly PolicyArn: string }> = {
  'iam:PolicyARN': ({ input }) => input.PolicyArn,
};
/** The keys of the tags that a request brings. */
const tagsOfRequest = requestTags(({ tags }: { readonly tags: readonly Tag[] }) => tagRecord(ownTags(tags)));

/**
 * Access to one entity. One that is not there has the ARN it would have at the top.
 *
 * @param nameOf its name; the call says it where the input does not
 * @param boundaryOf the boundary that the request gives it
 */
export function onEntity<Record extends EntityRecord, Input>(
  row: IamRow<Input>,
  { type, table }: EntityKind<Record>,
  action: string,
  nameOf: (input: Input, call: Call) => string,
  keys: IamKeys<NoInfer<Input>> = {},
  boundaryOf: (input: Input) => string | undefined = () => undefined,
): AccessRow<IamState, Input> {
  return row<IamTarget>({
    action: `iam:${action}`,
    type,
    on: async (input, call, { identities }) => {
      const name = nameOf(input, call);
      const entity = await table(identities).find(call.account, name);
      return {
        resource: entity?.arn ?? `arn:aws:iam::${call.account}:${type}/${name}`,
        tags: async () => entity?.tags && tagRecord(entity.tags),
        boundary: async () => boundaryOf(input) ?? entity?.permissionsBoundary,
      };
    },
    keys: { ...TYPE_KEYS[type], ...keys },
  });
}

/** Access to one managed policy. */
export function onPolicy<Input>(
  row: IamRow<Input>,
  action: string,
  arnOf: (input: Input) => string,
  keys: IamKeys<NoInfer<Input>> = {},
): AccessRow<IamState, Input> {
  return row<IamTarget>({
    action: `iam:${action}`,
    type: 'policy',
    on: (input, _call, { identities }) => {
      const resource = arnOf(input);
      const tags = async () => {
        const policy = await identities.policy(resource);
        return policy && tagRecord(policy.tags);
      };
      return { resource, tags };
    },
    keys: { ...TYPE_KEYS.policy, ...keys },
  });
}

interface NewEntity {
  readonly Path: string;
  readonly PermissionsBoundary?: string | undefined;
  readonly tags: readonly Tag[];
}

/**
 * Access to an entity that is to be made, which has no tags yet.
 *
 * @param noun `Role`, of `CreateRole` and `TagRole`
 */
export function onNew<Input extends NewEntity>(
  row: IamRow<Input>,
  type: EntityType | 'policy',
  noun: string,
  nameOf: (input: Input) => string,
  keys: IamKeys<NoInfer<Input>> = {},
): readonly AccessRow<IamState, Input>[] {
  const target = (input: Input, { account }: Call): IamTarget => ({
    resource: `arn:aws:iam::${account}:${type}${input.Path}${nameOf(input)}`,
    tags: async () => undefined,
    boundary: async () => input.PermissionsBoundary,
  });
  const all = { ...TYPE_KEYS[type], ...tagsOfRequest, ...keys };
  return [
    row<IamTarget>({ action: `iam:Create${noun}`, type, on: target, keys: all }),
    row<IamTarget>({
      action: `iam:Tag${noun}`,
      type,
      on: (input, call) => (ownTags(input.tags).length > 0 ? target(input, call) : undefined),
      // One condition lets a role make others, with tags, under a boundary: both actions know both.
      keys: all,
    }),
  ];
}

/** Access to a list: the ARN contains the path prefix. */
export const onList = <Input extends { readonly PathPrefix?: string | undefined }>(
  row: IamRow<Input>,
  action: string,
  type: EntityType | 'policy',
) =>
  row({
    action: `iam:${action}`,
    on: ({ PathPrefix = '/' }, { account }) => ({ resource: `arn:aws:iam::${account}:${type}${PathPrefix}` }),
  });
