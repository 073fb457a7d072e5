import { AwsError } from '../core/aws-error.js';
import type { Area, Store, Write } from '../core/store.js';
import { noSuchEntity } from './identity-record.js';

/** The part that the tables of IAM share: the store, and the one queue in which changes run. */
export interface TableContext {
  readonly store: Store;
  /** Runs changes one after another: each sees what the one before it wrote. */
  readonly change: <Result>(change: () => Promise<Result>) => Promise<Result>;
}

export interface TableOptions<Entity> {
  /** The beginning of its keys: `role` */
  readonly prefix: string;
  readonly missing: (name: string) => string;
  readonly taken: (name: string) => string;
  /**
   * Further writes that are committed together with a change, by the keys of the root area: indexes, and what else names
   * the entity. `before` is undefined for a new entity, `after` for one that is removed.
   */
  readonly together?: (
    account: string,
    before: Entity | undefined,
    after: Entity | undefined,
  ) => Promise<readonly Write[]> | readonly Write[];
  /** Called with every entity that was made or changed. */
  readonly changed?: (before: Entity | undefined, after: Entity) => Promise<void>;
}

/** One kind of IAM's entities, by account and name. Names that differ in case alone are the same name. */
export class EntityTable<Entity extends { readonly name: string }> {
  readonly #context: TableContext;
  readonly #options: TableOptions<Entity>;

  constructor(context: TableContext, options: TableOptions<Entity>) {
    this.#context = context;
    this.#options = options;
  }

  /** The entity of that exact name. */
  async find(account: string, name: string): Promise<Entity | undefined> {
    const entity = await this.#area(account).get<Entity>(this.#key(name));
    return entity?.name === name ? entity : undefined;
  }

  /** @throws AwsError NoSuchEntity */
  async get(account: string, name: string): Promise<Entity> {
    const entity = await this.find(account, name);
    if (entity === undefined) throw noSuchEntity(this.#options.missing(name));
    return entity;
  }

  /** The entities of an account by name. */
  async *list(account: string): AsyncIterable<Entity> {
    const { prefix } = this.#options;
    // `0` comes after `/`.
    for await (const [, entity] of this.#area(account).range<Entity>({ gte: `${prefix}/`, lt: `${prefix}0` })) {
      yield entity;
    }
  }

  /** @throws AwsError EntityAlreadyExists */
  add(account: string, entity: Entity): Promise<void> {
    return this.#context.change(() => this.#write(account, undefined, entity));
  }

  /** @throws AwsError NoSuchEntity; EntityAlreadyExists for a new name that is taken; and what `change` throws */
  change(account: string, name: string, change: (entity: Entity) => Entity | Promise<Entity>): Promise<Entity> {
    return this.#context.change(async () => {
      const before = await this.get(account, name);
      const after = await change(before);
      await this.#write(account, before, after);
      return after;
    });
  }

  /** @throws AwsError NoSuchEntity, and what `check` throws to keep the entity */
  remove(account: string, name: string, check: (entity: Entity) => void | Promise<void> = () => {}): Promise<void> {
    return this.#context.change(async () => {
      const before = await this.get(account, name);
      await check(before);
      await this.#write(account, before, undefined);
    });
  }

  async #write(account: string, before: Entity | undefined, after: Entity | undefined): Promise<void> {
    const { together, changed, taken } = this.#options;
    const area = this.#area(account);
    const left = before && this.#key(before.name);
    const key = after && this.#key(after.name);
    if (after && key !== undefined && key !== left && (await area.get(key))) {
      throw new AwsError('EntityAlreadyExists', taken(after.name), 409);
    }
    await this.#context.store.root.batch([
      ...(left === undefined || left === key ? [] : [{ key: area.keyOf(left), value: undefined }]),
      ...(key === undefined ? [] : [{ key: area.keyOf(key), value: after }]),
      ...((await together?.(account, before, after)) ?? []),
    ]);
    if (after) await changed?.(before, after);
  }

  #key(name: string): string {
    return `${this.#options.prefix}/${name.toLowerCase()}`;
  }

  #area(account: string): Area {
    return iamArea(this.#context.store, account);
  }
}

/** The area of an account's entities: IAM has no regions. */
export function iamArea(store: Store, account: string): Area {
  return store.area(account, 'global', 'iam');
}
