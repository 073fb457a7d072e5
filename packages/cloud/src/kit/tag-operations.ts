import { type AccessRow, type ConditionKeys, type RowMaker, requestTags, type Tags, tagKeys } from '../core/access.js';
import type { Call, Operation, Scope } from '../core/operation.js';
import type { ModelName, OperationName } from '../model/client-types.js';
import type { Constraints } from '../model/constraints.js';
import { byName, type Members, type OperationMaker } from '../model/operation.js';
import { fromTagList, type TagList, type TagRules, toTagList, withoutTags, withTags } from './tags.js';

/** The three operations by which a service tags a kind of resource. */
export interface TagOperations<State, Model extends ModelName, Target> {
  /** AWS's names of the operations. */
  readonly tag: OperationName<Model>;
  readonly untag: OperationName<Model>;
  readonly list: OperationName<Model>;
  /** The members of their inputs and outputs. */
  readonly members: {
    /** Names the resource: `QueueUrl`, `ResourceArn` */
    readonly resource: string;
    readonly tags: string;
    readonly keys: string;
    /** In the output of `list`. @default - the name in the input */
    readonly listed?: string;
  };
  /** `map` is `{ key: value }`, `list` is `[{ Key, Value }]`. */
  readonly form: 'map' | 'list';
  readonly rules: TagRules;
  /** Limits of the inputs' members, as far as they have them. */
  readonly limits?: Constraints;
  /** Reads the name of the resource, which may take a further member of the input. Throws if it is not a name. */
  readonly parse: (resource: string, scope: Scope, input: Members) => Target;
  /** The row of an action on the resource. The action is the operation's name. */
  readonly access: <Input extends { readonly target: Target }>(
    row: RowMaker<State, Input>,
    action: string,
    keys: ConditionKeys<unknown, Input>,
  ) => AccessRow<State, Input>;
  /** The same for resources of another type, where the operations tag two. @default - they tag one */
  readonly alsoAccess?: TagOperations<State, Model, Target>['access'];
  /** Throws where there is no such resource. */
  readonly tagsOf: (target: Target, call: Call, state: State) => Tags | Promise<Tags>;
  /** The output of `list`. @default - all tags as its one member */
  readonly answer?: (tags: Tags, input: Members) => Members | Promise<Members>;
  /** Changes the tags in one step, so that two changes at a time both count. */
  readonly change: (target: Target, change: (tags: Tags) => Tags, call: Call, state: State) => unknown;
}

interface Tagging<Target> {
  readonly target: Target;
  readonly tags: Tags;
}

interface Untagging<Target> {
  readonly target: Target;
  readonly keys: readonly string[];
}

/**
 * Makes the operations that tag a kind of resource.
 *
 * @param make the service's maker of operations
 * @example
 * export const queueTags = tagOperations(sqsOperation, {
 *   tag: 'TagQueue', untag: 'UntagQueue', list: 'ListQueueTags',
 *   members: { resource: 'QueueUrl', tags: 'Tags', keys: 'TagKeys' }, form: 'map', rules: TAG_RULES,
 *   parse: parseQueueUrl, access: onTarget,
 *   tagsOf: (queue, _call, { queues }) => queues.get(queue).record.tags,
 *   change: (queue, change, _call, { queues }) =>
 *     queues.change(queue, (record) => ({ ...record, tags: change(record.tags) })),
 * });
 */
export function tagOperations<State, Model extends ModelName, Target>(
  make: OperationMaker<State, Model>,
  {
    members,
    form,
    rules,
    limits = {},
    parse,
    access,
    alsoAccess,
    tagsOf,
    answer,
    change,
    ...names
  }: TagOperations<State, Model, Target>,
): readonly Operation<State, unknown, unknown>[] {
  const operation = byName(make);
  const rows = <Input extends { readonly target: Target }>(
    row: RowMaker<State, Input>,
    action: string,
    keys: ConditionKeys<unknown, Input>,
  ) => [access(row, action, keys), ...(alsoAccess ? [alsoAccess(row, action, keys)] : [])];
  const targetOf = (input: Members, scope: Scope): Target => parse(String(input[members.resource]), scope, input);
  const read = (given: unknown): Tags =>
    form === 'map' ? { ...(given as Tags) } : fromTagList(given as TagList | undefined, rules);
  const write = (tags: Tags): unknown => (form === 'map' ? tags : toTagList(tags));
  const tag = operation<Tagging<Target>>({
    name: names.tag,
    limits,
    parse: (input, scope) => ({ target: targetOf(input, scope), tags: read(input[members.tags]) }),
    access: (row) =>
      rows(
        row,
        names.tag,
        requestTags(({ tags }) => tags),
      ),
    handle: async ({ target, tags }, call, state) => {
      await change(target, (before) => withTags(before, tags, rules, call), call, state);
    },
  });
  const untag = operation<Untagging<Target>>({
    name: names.untag,
    limits,
    parse: (input, scope) => ({ target: targetOf(input, scope), keys: (input[members.keys] as string[]) ?? [] }),
    access: (row) =>
      rows(
        row,
        names.untag,
        tagKeys(({ keys }) => keys),
      ),
    handle: async ({ target, keys }, call, state) => {
      await change(target, (before) => withoutTags(before, keys), call, state);
    },
  });
  const list = operation<{ readonly target: Target; readonly input: Members }>({
    name: names.list,
    limits,
    parse: (input, scope) => ({ target: targetOf(input, scope), input }),
    access: (row) => rows(row, names.list, {}),
    handle: async ({ target, input }, call, state) => {
      const tags = await tagsOf(target, call, state);
      return answer ? answer(tags, input) : { [members.listed ?? members.tags]: write(tags) };
    },
  });
  return [tag, untag, list] as unknown as readonly Operation<State, unknown, unknown>[];
}
