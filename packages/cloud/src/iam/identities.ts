import { AwsError } from '../core/aws-error.js';
import type { AttachedPolicy } from '../core/cloud.js';
import type { Area, Store } from '../core/store.js';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.js';
import { type CompiledPolicy, compilePolicy } from './compiled-policy.js';
import { noSuchPolicy, noSuchRole, type PolicyRecord, parseIamArn, type RoleRecord } from './identity-record.js';

/** A role's own policies, compiled. */
export interface RolePermissions {
  readonly roleId: string;
  readonly identity: readonly CompiledPolicy[];
  readonly boundary: CompiledPolicy | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The roles and managed policies of every account. All changes go through here, one after another, and drop what was
 * compiled; between changes a decision reads no store and parses no policy.
 */
export class Identities {
  readonly #store: Store;
  readonly #permissions = new Map<string, Promise<RolePermissions | undefined>>();
  #lastChange: Promise<unknown> = Promise.resolve();
  #attached: (policy: AttachedPolicy) => void = () => {};

  constructor(store: Store) {
    this.#store = store;
  }

  /** The role of that exact name. */
  async role(account: string, name: string): Promise<RoleRecord | undefined> {
    const record = await this.#area(account).get<RoleRecord>(roleKey(name));
    return record?.name === name ? record : undefined;
  }

  async roleByArn(arn: string): Promise<RoleRecord | undefined> {
    const parts = parseIamArn(arn);
    if (parts?.kind !== 'role') return undefined;
    const record = await this.role(parts.account, parts.name);
    return record?.arn === arn ? record : undefined;
  }

  /** The roles of an account by name. `after` is the last name of the page before. */
  async *roles(account: string, after?: string): AsyncIterable<RoleRecord> {
    yield* this.#list(account, 'role/', after);
  }

  /** A customer's policy, or one of AWS's. */
  async policy(arn: string): Promise<PolicyRecord | undefined> {
    const parts = parseIamArn(arn);
    if (parts?.kind !== 'policy') return undefined;
    if (parts.account === 'aws') return AWS_MANAGED_POLICIES.get(arn);
    const record = await this.#area(parts.account).get<PolicyRecord>(policyKey(parts.name));
    return record?.arn === arn ? record : undefined;
  }

  /** The customer managed policies of an account by name. */
  async *policies(account: string, after?: string): AsyncIterable<PolicyRecord> {
    yield* this.#list(account, 'policy/', after);
  }

  /** @throws AwsError EntityAlreadyExists; names differing in case alone are the same */
  addRole(account: string, role: RoleRecord): Promise<void> {
    return this.#change(async () => {
      const key = roleKey(role.name);
      if (await this.#area(account).get(key)) {
        throw new AwsError('EntityAlreadyExists', `Role with name ${role.name} already exists.`, 409);
      }
      await this.#area(account).batch([{ key, value: role }]);
      await this.#tellAttached(undefined, role);
    });
  }

  /** @throws AwsError NoSuchEntity, and what `change` throws */
  changeRole(account: string, name: string, change: (role: RoleRecord) => RoleRecord): Promise<RoleRecord> {
    return this.#change(async () => {
      const role = await this.role(account, name);
      if (!role) throw noSuchRole(name);
      const changed = change(role);
      await this.#area(account).batch([{ key: roleKey(name), value: changed }]);
      await this.#tellAttached(role, changed);
      return changed;
    });
  }

  /** @throws AwsError NoSuchEntity, and what `check` throws to keep the role */
  removeRole(account: string, name: string, check: (role: RoleRecord) => void): Promise<void> {
    return this.#change(async () => {
      const role = await this.role(account, name);
      if (!role) throw noSuchRole(name);
      check(role);
      await this.#area(account).batch([{ key: roleKey(name), value: undefined }]);
    });
  }

  /** @throws AwsError EntityAlreadyExists */
  addPolicy(account: string, policy: PolicyRecord): Promise<void> {
    return this.#change(async () => {
      const key = policyKey(policy.name);
      if (await this.#area(account).get(key)) {
        throw new AwsError(
          'EntityAlreadyExists',
          `A policy called ${policy.name} already exists. Duplicate names are not allowed.`,
          409,
        );
      }
      await this.#area(account).batch([{ key, value: policy }]);
    });
  }

  /** @throws AwsError NoSuchEntity, AccessDenied for AWS's own policies, and what `change` throws */
  changePolicy(arn: string, change: (policy: PolicyRecord) => PolicyRecord): Promise<PolicyRecord> {
    return this.#change(async () => {
      const { area, policy } = await this.#customerPolicy(arn);
      const changed = change(policy);
      await area.batch([{ key: policyKey(policy.name), value: changed }]);
      if (changed.defaultVersion !== policy.defaultVersion) this.#tellManaged(changed);
      return changed;
    });
  }

  /** @throws AwsError NoSuchEntity, AccessDenied for AWS's own policies, and what `check` throws to keep the policy */
  removePolicy(arn: string, check: (policy: PolicyRecord) => Promise<void>): Promise<void> {
    return this.#change(async () => {
      const { area, policy } = await this.#customerPolicy(arn);
      await check(policy);
      await area.batch([{ key: policyKey(policy.name), value: undefined }]);
    });
  }

  /** @param listener receives every policy that takes effect, except AWS's own */
  onAttach(listener: (policy: AttachedPolicy) => void): void {
    this.#attached = listener;
  }

  async #tellAttached(before: RoleRecord | undefined, role: RoleRecord): Promise<void> {
    if (role.trustPolicy !== before?.trustPolicy) {
      this.#attached({ name: `the trust policy of role ${role.name}`, text: role.trustPolicy, kind: 'trust' });
    }
    for (const [name, text] of Object.entries(role.inlinePolicies)) {
      if (text === before?.inlinePolicies[name]) continue;
      this.#attached({ name: `the inline policy ${name} of role ${role.name}`, text, kind: 'identity' });
    }
    const had = new Set([...(before?.attachedPolicies ?? []), before?.permissionsBoundary]);
    for (const arn of [...role.attachedPolicies, role.permissionsBoundary]) {
      if (arn === undefined || had.has(arn) || AWS_MANAGED_POLICIES.get(arn)) continue;
      const policy = await this.policy(arn);
      if (policy) this.#tellManaged(policy);
    }
  }

  #tellManaged({ arn, versions, defaultVersion }: PolicyRecord): void {
    const text = versions.find(({ id }) => id === defaultVersion)?.document;
    if (text !== undefined) this.#attached({ name: `the policy ${arn}`, text, kind: 'identity' });
  }

  /** Undefined where there is no such role. */
  permissions(account: string, roleName: string): Promise<RolePermissions | undefined> {
    const key = `${account}/${roleName}`;
    const known = this.#permissions.get(key);
    if (known) return known;
    const compiled = this.#compile(account, roleName);
    this.#permissions.set(key, compiled);
    return compiled;
  }

  async #compile(account: string, roleName: string): Promise<RolePermissions | undefined> {
    const role = await this.role(account, roleName);
    if (!role) return undefined;
    const inline = Object.entries(role.inlinePolicies).map(([name, document]) =>
      compilePolicy(`the inline policy ${name} of role ${role.name}`, document, 'identity'),
    );
    const attached = await Promise.all(role.attachedPolicies.map((arn) => this.#compileManaged(arn)));
    return {
      roleId: role.id,
      identity: [...inline, ...attached],
      boundary:
        role.permissionsBoundary === undefined ? undefined : await this.#compileManaged(role.permissionsBoundary),
      tags: Object.fromEntries(role.tags.map(({ Key, Value }) => [Key, Value])),
    };
  }

  /** A policy that is gone allows nothing. */
  async #compileManaged(arn: string): Promise<CompiledPolicy> {
    const policy = await this.policy(arn);
    const version = policy?.versions.find(({ id }) => id === policy.defaultVersion);
    if (!version) return { name: `the policy ${arn}`, statements: [] };
    return compilePolicy(`the policy ${arn}`, version.document, 'identity');
  }

  async #customerPolicy(arn: string): Promise<{ area: Area; policy: PolicyRecord }> {
    const parts = parseIamArn(arn);
    if (parts?.account === 'aws') {
      throw new AwsError('AccessDenied', `${arn} is a policy of AWS, which nobody else can change`, 403);
    }
    const policy = await this.policy(arn);
    if (!parts || !policy) throw noSuchPolicy(arn);
    return { area: this.#area(parts.account), policy };
  }

  /** Changes run one after another: each sees what the one before it wrote. */
  #change<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#lastChange.then(change).finally(() => this.#permissions.clear());
    this.#lastChange = result.catch(() => undefined);
    return result;
  }

  #area(account: string): Area {
    return this.#store.area(account, 'global', 'iam');
  }

  async *#list<Value>(account: string, prefix: string, after: string | undefined): AsyncIterable<Value> {
    const end = `${prefix.slice(0, -1)}0`;
    const start = after === undefined ? { gte: prefix } : { gt: prefix + after.toLowerCase() };
    for await (const [, value] of this.#area(account).range<Value>({ ...start, lt: end })) yield value;
  }
}

/** IAM holds names apart by more than case. */
function roleKey(name: string): string {
  return `role/${name.toLowerCase()}`;
}

function policyKey(name: string): string {
  return `policy/${name.toLowerCase()}`;
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
