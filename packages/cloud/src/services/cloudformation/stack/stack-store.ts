import type { Scope } from '../../../core/operation.js';
import type { Area, Store, Write } from '../../../core/store.js';
import { type ChangeSet, isPending } from './change-set.js';
import { isInProgress, type Stack, type StackEvent, type StackResource, stackUuid } from './stack.js';

/** An export of a stack, by which others import its outputs. */
export interface StackExport {
  readonly name: string;
  readonly value: string;
  readonly stackId: string;
  readonly stackName: string;
}

/** The root area that names every stack with an operation under way, for the next start. */
const IN_PROGRESS = 'cloudformation-in-progress';

/** How times and ordinals are spelled in keys, so that they sort. */
const ordinal = (number: number): string => number.toString().padStart(15, '0');
/** After every key that starts with `prefix`. */
const after = (prefix: string): string => `${prefix}\uffff`;

/**
 * The stored state of CloudFormation in one account and region:
 * `stack/<uuid>`, `name/<stack name>` → ARN, `resource/<uuid>/<logical id>`, `event/<uuid>/<time>`,
 * `change-set/<stack uuid>/<change set uuid>`, `export/<name>`.
 */
export class StackStore {
  readonly #area: Area;
  readonly #root: Area;

  constructor(store: Store, scope: Scope) {
    this.#root = store.root;
    this.#area = store.area(scope.account, scope.region, 'cloudformation');
  }

  /** Keeps a stack and whatever changes with it, at once or not at all. */
  save(stack: Stack, ...writes: readonly Write[]): Promise<void> {
    const index = {
      key: this.#root.area(IN_PROGRESS).keyOf(stackUuid(stack.id)),
      value: isInProgress(stack.status)
        ? { account: stack.account, region: stack.region, stackId: stack.id }
        : undefined,
    };
    const own = { key: `stack/${stackUuid(stack.id)}`, value: stack };
    return this.#root.batch([
      index,
      ...[own, ...writes].map(({ key, value }) => ({ key: this.#area.keyOf(key), value })),
    ]);
  }

  /** Keeps parts of a stack that itself stays as it is. */
  batch(writes: readonly Write[]): Promise<void> {
    return this.#area.batch(writes);
  }

  /** The time of the newest event of a stack, epoch milliseconds; 0 where it has none. */
  async lastEventTime(stackId: string): Promise<number> {
    const prefix = `event/${stackUuid(stackId)}/`;
    for await (const [, event] of this.#area.range<StackEvent>({
      gte: prefix,
      lt: after(prefix),
      reverse: true,
      limit: 1,
    })) {
      return event.time;
    }
    return 0;
  }

  /** By ARN, deleted ones too, or by name. */
  async find(nameOrId: string): Promise<Stack | undefined> {
    const id = nameOrId.startsWith('arn:') ? nameOrId : await this.#area.get<string>(`name/${nameOrId}`);
    return id === undefined ? undefined : this.#area.get<Stack>(`stack/${stackUuid(id)}`);
  }

  /** Every stack, deleted ones too. */
  stacks(): Promise<Stack[]> {
    return this.#all<Stack>('stack/');
  }

  resources(stackId: string): Promise<StackResource[]> {
    return this.#all<StackResource>(`resource/${stackUuid(stackId)}/`);
  }

  /** Newest first. */
  events(stackId: string): Promise<StackEvent[]> {
    return this.#all<StackEvent>(`event/${stackUuid(stackId)}/`, true);
  }

  /** By ARN, or by name within a stack: the newest, as the name of one that was executed can be given again. */
  async changeSet(nameOrId: string, stackId: string | undefined): Promise<ChangeSet | undefined> {
    if (nameOrId.startsWith('arn:')) {
      const all = stackId === undefined ? await this.#all<ChangeSet>('change-set/') : await this.changeSets(stackId);
      return all.find(({ id }) => id === nameOrId);
    }
    if (stackId === undefined) return undefined;
    const named = (await this.changeSets(stackId)).filter(({ name }) => name === nameOrId);
    return named.find(isPending) ?? named.reduce<ChangeSet | undefined>(newer, undefined);
  }

  changeSets(stackId: string): Promise<ChangeSet[]> {
    return this.#all<ChangeSet>(`change-set/${stackUuid(stackId)}/`);
  }

  exports(): Promise<StackExport[]> {
    return this.#all<StackExport>('export/');
  }

  async #all<T>(prefix: string, reverse = false): Promise<T[]> {
    const values: T[] = [];
    for await (const [, value] of this.#area.range<T>({ gte: prefix, lt: after(prefix), reverse })) values.push(value);
    return values;
  }
}

function changeSetKey({ stackId, id }: ChangeSet): string {
  return `change-set/${stackUuid(stackId)}/${stackUuid(id)}`;
}

function newer(one: ChangeSet | undefined, other: ChangeSet): ChangeSet {
  return one === undefined || one.created <= other.created ? other : one;
}

/** The writes that keep one thing; a batch of them is atomic. */
export const write = {
  name: (stack: Stack): Write => ({ key: `name/${stack.name}`, value: stack.id }),
  nameGone: (stack: Stack): Write => ({ key: `name/${stack.name}`, value: undefined }),
  resource: (stack: Stack, resource: StackResource): Write => ({
    key: `resource/${stackUuid(stack.id)}/${resource.logicalId}`,
    value: resource,
  }),
  resourceGone: (stack: Stack, logicalId: string): Write => ({
    key: `resource/${stackUuid(stack.id)}/${logicalId}`,
    value: undefined,
  }),
  event: (event: StackEvent): Write => ({
    key: `event/${stackUuid(event.stackId)}/${ordinal(event.time)}`,
    value: event,
  }),
  changeSet: (changeSet: ChangeSet): Write => ({ key: changeSetKey(changeSet), value: changeSet }),
  changeSetGone: (changeSet: ChangeSet): Write => ({ key: changeSetKey(changeSet), value: undefined }),
  export: (exported: StackExport): Write => ({ key: `export/${exported.name}`, value: exported }),
  exportGone: (name: string): Write => ({ key: `export/${name}`, value: undefined }),
};

/** The stacks whose operation was cut off by the end of the last process. */
export async function stacksInProgress(store: Store): Promise<readonly (Scope & { readonly stackId: string })[]> {
  const found: (Scope & { stackId: string })[] = [];
  for await (const [, stack] of store.root.area(IN_PROGRESS).range<Scope & { stackId: string }>({})) found.push(stack);
  return found;
}
