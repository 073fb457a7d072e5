import type { EntityTable } from '../../iam/entity-table.js';
import type { Identities } from '../../iam/identities.js';
import type {
  GroupRecord,
  IdentityRecord,
  InstanceProfileRecord,
  RoleRecord,
  Tag,
  UserRecord,
} from '../../iam/identity-record.js';

/** The part of an entity that permissions on it are decided by. */
export interface EntityRecord {
  readonly name: string;
  readonly arn: string;
  readonly permissionsBoundary?: string | undefined;
  readonly tags?: readonly Tag[];
}

/** A kind of entity that has a name in an account, as operations, ARNs and the authorization reference name it. */
type Noun = 'Role' | 'User' | 'Group' | 'InstanceProfile';

export interface EntityKind<Record extends EntityRecord, Name extends Noun = Noun> {
  /** In ARNs, and in the service authorization reference. */
  readonly type: 'role' | 'user' | 'group' | 'instance-profile';
  /** In the names of operations: `Tag` + `InstanceProfile` */
  readonly noun: Name;
  /** The member that names one. */
  readonly member: `${Name}Name`;
  readonly longestName: 64 | 128;
  readonly table: (identities: Identities) => EntityTable<Record>;
}

/** A kind that policies are attached to. */
export interface IdentityKind<Record extends IdentityRecord, Name extends Noun = Noun>
  extends EntityKind<Record, Name> {
  /** Characters of all inline policies together. */
  readonly inlineLimit: number;
}

export const ROLE: IdentityKind<RoleRecord, 'Role'> = {
  type: 'role',
  noun: 'Role',
  member: 'RoleName',
  longestName: 64,
  table: ({ roles }) => roles,
  inlineLimit: 10_240,
};

export const USER: IdentityKind<UserRecord, 'User'> = {
  type: 'user',
  noun: 'User',
  member: 'UserName',
  longestName: 64,
  table: ({ users }) => users,
  inlineLimit: 2048,
};

export const GROUP: IdentityKind<GroupRecord, 'Group'> = {
  type: 'group',
  noun: 'Group',
  member: 'GroupName',
  longestName: 128,
  table: ({ groups }) => groups,
  inlineLimit: 5120,
};

export const INSTANCE_PROFILE: EntityKind<InstanceProfileRecord, 'InstanceProfile'> = {
  type: 'instance-profile',
  noun: 'InstanceProfile',
  member: 'InstanceProfileName',
  longestName: 128,
  table: ({ instanceProfiles }) => instanceProfiles,
};

/** True of kinds that have a permissions boundary. */
export const isBounded = ({ type }: Pick<IdentityKind<IdentityRecord>, 'type'>): boolean => type !== 'group';
