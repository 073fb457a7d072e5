import type { Scope } from '../../core/operation.js';
import type { Area, Write } from '../../core/store.js';
import { OrderedWrites } from '../../kit/ordered-writes.js';
import { noClient, noPool } from './cognito-error.js';
import type { ClientRecord, DomainRecord, GroupRecord, PoolRecord, ServerRecord } from './pools/pool-record.js';
import type { PoolKeys } from './tokens/pool-keys.js';
import type { UserRecord } from './users/user-record.js';
import { Users } from './users/users.js';

/** A user pool and what it has, held in memory. */
export interface Pool {
  readonly record: PoolRecord;
  readonly clients: ReadonlyMap<string, ClientRecord>;
  readonly groups: ReadonlyMap<string, GroupRecord>;
  readonly servers: ReadonlyMap<string, ServerRecord>;
  readonly users: Users;
  readonly domain: DomainRecord | undefined;
  /** Undefined until the first token. */
  readonly keys: PoolKeys | undefined;
  /** `origin_jti` of sign-ins whose tokens were revoked, with the time at which the last of them ends. */
  readonly revoked: ReadonlyMap<string, number>;
}

interface Records {
  readonly pool: PoolRecord;
  readonly client: ClientRecord;
  readonly group: GroupRecord;
  readonly server: ServerRecord;
  readonly user: UserRecord;
  readonly domain: DomainRecord;
  readonly keys: PoolKeys;
  readonly revoked: number;
}

/** One change: a record under its name in its pool, or that it goes. */
type Change = {
  [Kind in keyof Records]: {
    readonly kind: Kind;
    readonly poolId: string;
    /** Of the record within its pool; empty for what a pool has one of. */
    readonly name: string;
    readonly value: Records[Kind] | undefined;
  };
}[keyof Records];

interface HeldPool extends Pool {
  record: PoolRecord;
  readonly clients: Map<string, ClientRecord>;
  readonly groups: Map<string, GroupRecord>;
  readonly servers: Map<string, ServerRecord>;
  readonly revoked: Map<string, number>;
  domain: DomainRecord | undefined;
  keys: PoolKeys | undefined;
}

/**
 * The user pools of every account and region, held in memory: a change is seen at once and is durable when its promise
 * resolves. Changes that are given together are one batch.
 */
export class CognitoStore {
  readonly #area: Area;
  readonly #writes = new OrderedWrites();
  readonly #pools = new Map<string, HeldPool>();
  readonly #poolOfClient = new Map<string, string>();
  readonly #poolOfDomain = new Map<string, string>();

  /** @param area where user pools alone are */
  constructor(area: Area) {
    this.#area = area;
  }

  async load(): Promise<void> {
    const later: Change[] = [];
    for await (const [key, value] of this.#area.range<never>({})) {
      const change = changeOf(key, value);
      if (change.kind === 'pool') this.#apply(change);
      else later.push(change);
    }
    for (const change of later) this.#apply(change);
  }

  find(poolId: string): Pool | undefined {
    return this.#pools.get(poolId);
  }

  /** @throws AwsError ResourceNotFoundException where the account has no such pool in the region */
  get({ account, region }: Scope, poolId: string): Pool {
    const pool = this.#pools.get(poolId);
    if (pool?.record.account !== account || pool.record.region !== region) throw noPool(poolId);
    return pool;
  }

  /** Undefined where no pool has such a client. */
  poolOfClient(clientId: string): Pool | undefined {
    return this.#pools.get(this.#poolOfClient.get(clientId) ?? '');
  }

  /** @throws AwsError ResourceNotFoundException */
  client({ account, region }: Scope, clientId: string): { readonly pool: Pool; readonly client: ClientRecord } {
    const pool = this.poolOfClient(clientId);
    const client = pool?.clients.get(clientId);
    if (!pool || !client || pool.record.account !== account || pool.record.region !== region) throw noClient(clientId);
    return { pool, client };
  }

  poolOfDomain(domain: string): Pool | undefined {
    return this.#pools.get(this.#poolOfDomain.get(domain) ?? '');
  }

  /** By name, then by id. */
  list({ account, region }: Scope): readonly Pool[] {
    return [...this.#pools.values()]
      .filter(({ record }) => record.account === account && record.region === region)
      .sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  }

  /** The tokens that are still good of those that were revoked are kept; the others are forgotten. */
  change(...changes: readonly Change[]): Promise<void> {
    for (const change of changes) this.#apply(change);
    return this.#writes.write(this.#area, changes.map(writeOf));
  }

  putUser(user: UserRecord): Promise<void> {
    return this.change({ kind: 'user', poolId: user.poolId, name: user.username, value: user });
  }

  deleteUser({ poolId, username }: UserRecord): Promise<void> {
    return this.change({ kind: 'user', poolId, name: username, value: undefined });
  }

  /** Deletes a pool and all that it has. */
  deletePool({ record, clients, groups, servers, users, domain, keys, revoked }: Pool): Promise<void> {
    const { id: poolId } = record;
    const gone = (kind: keyof Records, names: Iterable<string>): Change[] =>
      [...names].map((name) => ({ kind, poolId, name, value: undefined }));
    return this.change(
      ...gone('client', clients.keys()),
      ...gone('group', groups.keys()),
      ...gone('server', servers.keys()),
      ...gone(
        'user',
        users.list().map(({ username }) => username),
      ),
      ...gone('revoked', revoked.keys()),
      ...gone('domain', domain ? [''] : []),
      ...gone('keys', keys ? [''] : []),
      ...gone('pool', ['']),
    );
  }

  #apply(change: Change): void {
    const { poolId, name } = change;
    if (change.kind === 'pool') {
      this.#applyPool(poolId, change.value);
      return;
    }
    const pool = this.#pools.get(poolId);
    if (!pool) return;
    switch (change.kind) {
      case 'client':
        put(pool.clients, name, change.value);
        put(this.#poolOfClient, name, change.value && poolId);
        break;
      case 'group':
        put(pool.groups, name, change.value);
        break;
      case 'server':
        put(pool.servers, name, change.value);
        break;
      case 'user':
        if (change.value) pool.users.put(change.value);
        else pool.users.delete(name);
        break;
      case 'domain':
        if (pool.domain) this.#poolOfDomain.delete(pool.domain.domain);
        pool.domain = change.value;
        if (change.value) this.#poolOfDomain.set(change.value.domain, poolId);
        break;
      case 'keys':
        pool.keys = change.value;
        break;
      case 'revoked':
        put(pool.revoked, name, change.value);
    }
  }

  #applyPool(poolId: string, record: PoolRecord | undefined): void {
    const held = this.#pools.get(poolId);
    if (record === undefined) this.#pools.delete(poolId);
    else if (held) held.record = record;
    else {
      this.#pools.set(poolId, {
        record,
        clients: new Map(),
        groups: new Map(),
        servers: new Map(),
        users: new Users(record.fixed.UsernameConfiguration?.CaseSensitive !== false),
        domain: undefined,
        keys: undefined,
        revoked: new Map(),
      });
    }
  }
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

const SEPARATOR = '\n';

function writeOf({ kind, poolId, name, value }: Change): Write {
  return { key: [kind, poolId, name].join(SEPARATOR), value };
}

function changeOf(key: string, value: never): Change {
  const [kind, poolId = '', name = ''] = key.split(SEPARATOR);
  return { kind: kind as Change['kind'], poolId, name, value };
}
