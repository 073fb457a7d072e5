import type { UserRecord } from './user-record.js';

/** Attributes by which a user can be named where the pool takes them for names. */
export const ALIASES = ['email', 'phone_number', 'preferred_username'] as const;
export type Alias = (typeof ALIASES)[number];

/** The users of one pool. */
export class Users {
  readonly #caseSensitive: boolean;
  readonly #byName = new Map<string, UserRecord>();
  readonly #bySub = new Map<string, string>();
  /** The names of users by attribute and value: an address can be that of several users until it is verified. */
  readonly #byAlias = new Map<string, Set<string>>();

  constructor(caseSensitive: boolean) {
    this.#caseSensitive = caseSensitive;
  }

  get size(): number {
    return this.#byName.size;
  }

  #key(name: string): string {
    return this.#caseSensitive ? name : name.toLowerCase();
  }

  find(username: string): UserRecord | undefined {
    return this.#byName.get(this.#key(username));
  }

  bySub(sub: string): UserRecord | undefined {
    return this.#byName.get(this.#bySub.get(sub) ?? '');
  }

  /** Those who have the value for the attribute. */
  byAlias(alias: Alias, value: string): readonly UserRecord[] {
    return [...(this.#byAlias.get(`${alias} ${this.#key(value)}`) ?? [])].flatMap((key) => this.#byName.get(key) ?? []);
  }

  /** In the order in which they were made. */
  list(): readonly UserRecord[] {
    return [...this.#byName.values()];
  }

  /** By their names, as pages need them. */
  sorted(): readonly UserRecord[] {
    return this.list().toSorted((a, b) => Buffer.compare(Buffer.from(a.username), Buffer.from(b.username)));
  }

  put(user: UserRecord): void {
    const key = this.#key(user.username);
    this.#unindex(key);
    this.#byName.set(key, user);
    this.#bySub.set(user.sub, key);
    for (const alias of ALIASES) {
      const value = user.attributes[alias];
      if (value === undefined) continue;
      const at = `${alias} ${this.#key(value)}`;
      this.#byAlias.set(at, (this.#byAlias.get(at) ?? new Set()).add(key));
    }
  }

  delete(username: string): void {
    const key = this.#key(username);
    this.#unindex(key);
    this.#byName.delete(key);
  }

  #unindex(key: string): void {
    const user = this.#byName.get(key);
    if (!user) return;
    this.#bySub.delete(user.sub);
    for (const alias of ALIASES) {
      const at = `${alias} ${this.#key(user.attributes[alias] ?? '')}`;
      const names = this.#byAlias.get(at);
      names?.delete(key);
      if (names?.size === 0) this.#byAlias.delete(at);
    }
  }
}
