import { AwsError } from '../core/aws-error.js';
import type { AttachedPolicy } from '../core/cloud.js';
import type { Principal } from '../core/principal.js';
import type { Store, Write } from '../core/store.js';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.js';
import { type CompiledPolicy, compilePolicy } from './compiled-policy.js';
import { EntityTable, iamArea, type TableContext } from './entity-table.js';
import {
  type BoundedRecord,
  type GroupRecord,
  type IdentityRecord,
  type InstanceProfileRecord,
  noSuchPolicy,
  type PolicyRecord,
  parseIamArn,
  type RoleRecord,
  type UserRecord,
} from './identity-record.js';

/** The policies of a role or user, compiled. */
export interface IdentityPermissions {
  readonly id: string;
  /** Its own, inline and attached, and those of its groups. */
  readonly identity: readonly CompiledPolicy[];
  readonly boundary: CompiledPolicy | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A long-term access key, and whose it is. */
export interface KeyHolder {
  readonly principal: Principal;
  readonly secretAccessKey: string;
}

type Kind = 'role' | 'user' | 'group';

/**
 * The users, groups, roles, instance profiles and managed policies of every account. All changes go through here, one
 * after another, and drop what was compiled; between changes a decision reads no store and parses no policy.
 */
export class Identities {
  readonly roles: EntityTable<RoleRecord>;
  readonly users: EntityTable<UserRecord>;
  readonly groups: EntityTable<GroupRecord>;
  readonly instanceProfiles: EntityTable<InstanceProfileRecord>;
  /** The customer managed policies. */
  readonly policies: EntityTable<PolicyRecord>;
  readonly #store: Store;
  readonly #permissions = new Map<string, Promise<IdentityPermissions | undefined>>();
  readonly #keys = new Map<string, Promise<KeyHolder | undefined>>();
  #lastChange: Promise<unknown> = Promise.resolve();
  #attached: (policy: AttachedPolicy) => void = () => {};

  constructor(store: Store) {
    this.#store = store;
    const context: TableContext = { store, change: (change) => this.#change(change) };
    const named = (prefix: Kind, noun: string) => ({
      prefix,
      missing: (name: string) => `The ${prefix} with name ${name} cannot be found.`,
      taken: (name: string) => `${noun} with name ${name} already exists.`,
    });
    this.roles = new EntityTable<RoleRecord>(context, {
      ...named('role', 'Role'),
      changed: (before, role) => this.#tellAttached('role', before, role),
    });
    this.users = new EntityTable<UserRecord>(context, {
      ...named('user', 'User'),
      together: (account, before, after) => this.#keyIndex(account, before, after),
      changed: (before, user) => this.#tellAttached('user', before, user),
    });
    this.groups = new EntityTable<GroupRecord>(context, {
      ...named('group', 'Group'),
      together: (account, before, after) => this.#renamedMembers(account, before, after),
      changed: (before, group) => this.#tellAttached('group', before, group),
    });
    this.instanceProfiles = new EntityTable<InstanceProfileRecord>(context, {
      prefix: 'instance-profile',
      missing: (name) => `Instance Profile ${name} cannot be found.`,
      taken: (name) => `Instance Profile ${name} already exists.`,
    });
    this.policies = new EntityTable<PolicyRecord>(context, {
      prefix: 'policy',
      missing: (name) => `Policy ${name} was not found.`,
      taken: (name) => `A policy called ${name} already exists. Duplicate names are not allowed.`,
      changed: async (before, policy) => {
        if (before && before.defaultVersion !== policy.defaultVersion) this.#tellManaged(policy);
      },
    });
  }

  async roleByArn(arn: string): Promise<RoleRecord | undefined> {
    const parts = parseIamArn(arn);
    if (parts?.kind !== 'role') return undefined;
    const role = await this.roles.find(parts.account, parts.name);
    return role?.arn === arn ? role : undefined;
  }

  /** The members of a group, by name. */
  async *members(account: string, group: string): AsyncIterable<UserRecord> {
    for await (const user of this.users.list(account)) if (user.groups.includes(group)) yield user;
  }

  /** A customer's policy, or one of AWS's. */
  async policy(arn: string): Promise<PolicyRecord | undefined> {
    const parts = parseIamArn(arn);
    if (parts?.kind !== 'policy') return undefined;
    if (parts.account === 'aws') return AWS_MANAGED_POLICIES.get(arn);
    const policy = await this.policies.find(parts.account, parts.name);
    return policy?.arn === arn ? policy : undefined;
  }

  /** @throws AwsError NoSuchEntity, AccessDenied for AWS's own policies, and what `change` throws */
  async changePolicy(arn: string, change: (policy: PolicyRecord) => PolicyRecord): Promise<PolicyRecord> {
    const { account, name } = await this.#customerPolicy(arn);
    return this.policies.change(account, name, change);
  }

  /** @throws AwsError NoSuchEntity, AccessDenied for AWS's own policies, and what `check` throws to keep the policy */
  async removePolicy(arn: string, check: (policy: PolicyRecord) => Promise<void>): Promise<void> {
    const { account, name } = await this.#customerPolicy(arn);
    return this.policies.remove(account, name, check);
  }

  /** @param listener receives every policy that takes effect, except AWS's own */
  onAttach(listener: (policy: AttachedPolicy) => void): void {
    this.#attached = listener;
  }

  /** Undefined where there is no such role or user. */
  permissions(account: string, kind: 'role' | 'user', name: string): Promise<IdentityPermissions | undefined> {
    const key = `${kind}/${account}/${name}`;
    const known = this.#permissions.get(key);
    if (known) return known;
    const compiled = kind === 'role' ? this.#ofRole(account, name) : this.#ofUser(account, name);
    this.#permissions.set(key, compiled);
    return compiled;
  }

  /** The holder of an access key that is active; undefined for every other key. */
  keyHolder(accessKeyId: string): Promise<KeyHolder | undefined> {
    const known = this.#keys.get(accessKeyId);
    if (known) return known;
    const holder = this.#findHolder(accessKeyId);
    // Unknown keys are not remembered: there is no end to them.
    this.#keys.set(accessKeyId, holder);
    holder.then(
      (found) => found ?? this.#keys.delete(accessKeyId),
      () => this.#keys.delete(accessKeyId),
    );
    return holder;
  }

  async #findHolder(accessKeyId: string): Promise<KeyHolder | undefined> {
    const place = await this.#keyArea.get<KeyPlace>(accessKeyId);
    const user = place && (await this.users.find(place.account, place.userName));
    const key = user?.accessKeys.find(({ id, status }) => id === accessKeyId && status === 'Active');
    if (!user || !place || !key) return undefined;
    const principal: Principal = {
      kind: 'user',
      account: place.account,
      userName: user.name,
      userArn: user.arn,
      userId: user.id,
    };
    return { principal, secretAccessKey: key.secret };
  }

  get #keyArea() {
    return this.#store.root.area('access-keys');
  }

  /** The index by which the user of a key is found. */
  #keyIndex(account: string, before: UserRecord | undefined, after: UserRecord | undefined): readonly Write[] {
    const idsOf = (user: UserRecord | undefined) => user?.accessKeys.map(({ id }) => id) ?? [];
    const kept = idsOf(after);
    const place: KeyPlace = { account, userName: after?.name ?? '' };
    const area = this.#keyArea;
    return [
      ...idsOf(before)
        .filter((id) => !kept.includes(id))
        .map((id) => ({ key: area.keyOf(id), value: undefined })),
      ...kept.map((id) => ({ key: area.keyOf(id), value: place })),
    ];
  }

  /** Members name their groups, so that a group's new name goes into each of them. */
  async #renamedMembers(
    account: string,
    before: GroupRecord | undefined,
    after: GroupRecord | undefined,
  ): Promise<readonly Write[]> {
    if (!before || !after || before.name === after.name) return [];
    const writes: Write[] = [];
    for await (const user of this.members(account, before.name)) {
      const groups = user.groups.map((name) => (name === before.name ? after.name : name));
      const key = iamArea(this.#store, account).keyOf(`user/${user.name.toLowerCase()}`);
      writes.push({ key, value: { ...user, groups } });
    }
    return writes;
  }

  async #tellAttached(
    kind: Kind,
    before: (IdentityRecord & Partial<RoleRecord>) | undefined,
    after: IdentityRecord & Partial<RoleRecord>,
  ): Promise<void> {
    const owner = `${kind} ${after.name}`;
    const { trustPolicy } = after;
    if (trustPolicy !== undefined && trustPolicy !== before?.trustPolicy) {
      this.#attached({ name: `the trust policy of ${owner}`, text: trustPolicy, kind: 'trust' });
    }
    for (const [name, text] of Object.entries(after.inlinePolicies)) {
      if (text === before?.inlinePolicies[name]) continue;
      this.#attached({ name: `the inline policy ${name} of ${owner}`, text, kind: 'identity' });
    }
    const had = new Set([...(before?.attachedPolicies ?? []), before?.permissionsBoundary]);
    for (const arn of [...after.attachedPolicies, after.permissionsBoundary]) {
      if (arn === undefined || had.has(arn) || AWS_MANAGED_POLICIES.get(arn)) continue;
      const policy = await this.policy(arn);
      if (policy) this.#tellManaged(policy);
    }
  }

  #tellManaged({ arn, versions, defaultVersion }: PolicyRecord): void {
    const text = versions.find(({ id }) => id === defaultVersion)?.document;
    if (text !== undefined) this.#attached({ name: `the policy ${arn}`, text, kind: 'identity' });
  }

  async #ofRole(account: string, name: string): Promise<IdentityPermissions | undefined> {
    const role = await this.roles.find(account, name);
    return role && this.#permissionsOf(role, await this.#compile('role', role));
  }

  async #ofUser(account: string, name: string): Promise<IdentityPermissions | undefined> {
    const user = await this.users.find(account, name);
    if (!user) return undefined;
    const policies = [await this.#compile('user', user)];
    for (const group of user.groups) {
      const record = await this.groups.find(account, group);
      if (record) policies.push(await this.#compile('group', record));
    }
    return this.#permissionsOf(user, policies.flat());
  }

  async #permissionsOf(record: BoundedRecord, identity: readonly CompiledPolicy[]): Promise<IdentityPermissions> {
    const { id, permissionsBoundary, tags } = record;
    return {
      id,
      identity,
      boundary: permissionsBoundary === undefined ? undefined : await this.#compileManaged(permissionsBoundary),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    };
  }

  async #compile(kind: Kind, { name, inlinePolicies, attachedPolicies }: IdentityRecord): Promise<CompiledPolicy[]> {
    const inline = Object.entries(inlinePolicies).map(([policy, document]) =>
      compilePolicy(`the inline policy ${policy} of ${kind} ${name}`, document, 'identity'),
    );
    return [...inline, ...(await Promise.all(attachedPolicies.map((arn) => this.#compileManaged(arn))))];
  }

  /** A policy that is gone allows nothing. */
  async #compileManaged(arn: string): Promise<CompiledPolicy> {
    const policy = await this.policy(arn);
    const version = policy?.versions.find(({ id }) => id === policy.defaultVersion);
    if (!version) return { name: `the policy ${arn}`, statements: [] };
    return compilePolicy(`the policy ${arn}`, version.document, 'identity');
  }

  async #customerPolicy(arn: string): Promise<{ account: string; name: string }> {
    const parts = parseIamArn(arn);
    if (parts?.account === 'aws') {
      throw new AwsError('AccessDenied', `${arn} is a policy of AWS, which nobody else can change`, 403);
    }
    if (!parts || !(await this.policy(arn))) throw noSuchPolicy(arn);
    return parts;
  }

  #change<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#lastChange.then(change).finally(() => {
      this.#permissions.clear();
      this.#keys.clear();
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

interface KeyPlace {
  readonly account: string;
  readonly userName: string;
}

const opened = new WeakMap<Store, Identities>();

/** The identities in a store. One for each store, so that who changes a policy and who decides by it see the same. */
export function identitiesIn(store: Store): Identities {
  let identities = opened.get(store);
  if (!identities) {
    identities = new Identities(store);
    opened.set(store, identities);
  }
  return identities;
}
