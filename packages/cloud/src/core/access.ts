import type { Call } from './call.js';

/** The value of a condition key in one request; undefined where the request has none. */
export type ConditionValue = string | readonly string[] | undefined;

export type Tags = Readonly<Record<string, string>>;

/** The resource of an action in one call. */
export interface Target {
  /** The ARN, or `*` where the action has no resource. */
  readonly resource: string;
  /** The account that owns the resource, where its ARN does not say (S3). @default - the account the call lands in */
  readonly resourceAccount?: string;
  /** The resource's own policy (JSON text), where the resource has one. */
  readonly resourcePolicy?: () => Promise<string | undefined>;
  /**
   * True if nobody may do anything that the resource's policy does not allow or delegate to the account: KMS keys.
   * @default false
   */
  readonly policyDecides?: boolean;
}

/** One thing that one call does to one resource, as IAM decides it. */
export interface Access extends Target {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /**
   * The condition keys of the action beyond the global ones, asked for in lower case: `dynamodb:leadingkeys`.
   * A value that has to be looked up comes later.
   */
  readonly context?: (key: string) => ConditionValue | Promise<ConditionValue>;
}

/** The input from which the value of a condition key is computed. */
export interface Asked<State, Input, On extends Target> {
  readonly input: Input;
  readonly call: Call;
  readonly state: State;
  readonly target: On;
}

type Answer = ConditionValue | Tags;
type KeyFunction<State, Input, On extends Target> = (asked: Asked<State, Input, On>) => Answer | Promise<Answer>;

/**
 * Condition keys by AWS's names. `aws:ResourceTag/*` is the family of keys that has one for each tag, and gives all tags; `kms:EncryptionContext:*` is one
 * as well.
 * A function is called only where a policy in force asks for its key.
 */
export type ConditionKeys<State, Input, On extends Target = Target> = Readonly<
  Record<string, KeyFunction<State, Input, On>>
>;

/** One action that an operation must be allowed to do: a row of AWS's service authorization reference. */
export interface AccessDefinition<State, Input, On extends Target> {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** The reference's name for the type of resource: `table`. @default - the action has no resource */
  readonly type?: string;
  /** The resource in a call; undefined if the call does not perform the action. */
  readonly on: (
    input: Input,
    call: Call,
    state: State,
  ) => On | readonly On[] | undefined | Promise<On | readonly On[] | undefined>;
  readonly keys?: ConditionKeys<State, Input, On>;
}

/** A row as the dispatcher runs it: its kind of target is its own matter. */
export interface AccessRow<State, Input> {
  readonly action: string;
  readonly type: string | undefined;
  /** The names of its condition keys, as AWS spells them. */
  readonly keys: readonly string[];
  readonly accesses: (input: Input, call: Call, state: State) => readonly Access[] | Promise<readonly Access[]>;
}

/** For actions that have no resource. */
export const anything = (): Target => ({ resource: '*' });

/** Makes the rows of one operation, whose parser says what its input is. */
export type RowMaker<State, Input> = <On extends Target>(
  definition: AccessDefinition<State, Input, On>,
) => AccessRow<State, Input>;

export function accessRow<State, Input, On extends Target>(
  definition: AccessDefinition<State, Input, On>,
): AccessRow<State, Input> {
  const { action, type, on, keys = {} } = definition;
  const functions = new Map(Object.entries(keys).map(([name, value]) => [name.toLowerCase(), value]));
  const toAccess = (asked: Asked<State, Input, On>): Access => ({
    ...asked.target,
    action,
    ...(functions.size > 0 && { context: (key) => contextValue(functions, key, asked) }),
  });
  return {
    action,
    type,
    keys: Object.keys(keys),
    accesses: (input, call, state) => {
      const listed = (targets: On | readonly On[] | undefined): readonly Access[] => {
        if (targets === undefined) return [];
        if (isList(targets)) return targets.map((target) => toAccess({ input, call, state, target }));
        return [toAccess({ input, call, state, target: targets })];
      };
      const found = on(input, call, state);
      return found instanceof Promise ? found.then(listed) : listed(found);
    },
  };
}

function isList<On>(targets: On | readonly On[]): targets is readonly On[] {
  return Array.isArray(targets);
}

function contextValue<State, Input, On extends Target>(
  functions: ReadonlyMap<string, KeyFunction<State, Input, On>>,
  key: string,
  asked: Asked<State, Input, On>,
): ConditionValue | Promise<ConditionValue> {
  const stem = familyStem(key);
  const family = stem === '' ? undefined : functions.get(`${stem}*`);
  const answer = (family ?? functions.get(key))?.(asked);
  const chosen = (value: Answer): ConditionValue =>
    family ? tagNamed(value, key.slice(stem.length)) : isTags(value) ? undefined : value;
  return answer instanceof Promise ? answer.then(chosen) : chosen(answer);
}

/** `aws:resourcetag/` of `aws:resourcetag/team`, `kms:encryptioncontext:` of `kms:encryptioncontext:tenant`; else nothing. */
export function familyStem(key: string): string {
  return /^[a-z0-9-]+:[^/:]+[/:]/i.exec(key)?.[0] ?? '';
}

/** The names of condition keys have no case, and the tag's key is part of the name. */
function tagNamed(tags: Answer, name: string): string | undefined {
  if (!isTags(tags)) return undefined;
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1];
}

function isTags(value: Answer): value is Tags {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The keys of an operation that gives a resource tags: the tags that it gives. Those that are AWS's own do not count. */
export function requestTags<Input>(tagsOf: (input: Input) => Tags | undefined): ConditionKeys<unknown, Input> {
  const own = (input: Input): Tags =>
    Object.fromEntries(Object.entries(tagsOf(input) ?? {}).filter(([key]) => !key.startsWith('aws:')));
  return {
    'aws:RequestTag/*': ({ input }) => own(input),
    'aws:TagKeys': ({ input }) => Object.keys(own(input)),
  };
}

/** The key of an operation that takes tags away: which. */
export function tagKeys<Input>(keysOf: (input: Input) => readonly string[] | undefined): ConditionKeys<unknown, Input> {
  return { 'aws:TagKeys': ({ input }) => keysOf(input) };
}
