import {
  type AccessRow,
  anything,
  type ConditionKeys,
  type RowMaker,
  requestTags,
  type Target,
} from '../../../core/access.js';
import { passRole } from '../../../iam/index.js';
import { findNamed } from './find-stack.js';
import { type DefinitionInput, givenTags, stackArn } from './input.js';
import type { CloudFormationState } from './state.js';

type StackRow<In> = RowMaker<CloudFormationState, In>;

interface StackTarget extends Target {
  readonly stack: string | undefined;
}

export type StackKeys<In> = ConditionKeys<CloudFormationState, In, StackTarget>;

interface Request {
  readonly input: Pick<DefinitionInput, 'ResourceTypes' | 'RoleARN' | 'Tags' | 'TemplateURL'> & {
    readonly StackPolicyURL?: string | undefined;
  };
}

const stackKeys: StackKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, call, state }) =>
    target.stack === undefined ? undefined : (await findNamed(target.stack, call, state))?.definition.tags,
};

export const roleKey: StackKeys<Request> = {
  'cloudformation:RoleArn': ({ input: { input } }) => input.RoleARN,
};
export const templateUrlKey: StackKeys<Request> = {
  'cloudformation:TemplateUrl': ({ input: { input } }) => input.TemplateURL,
};
/** The keys of requests that define a stack. */
export const definitionKeys: StackKeys<Request> = {
  ...roleKey,
  ...templateUrlKey,
  ...requestTags(({ input }: Request) => givenTags(input)),
  'cloudformation:ResourceTypes': ({ input: { input } }) => input.ResourceTypes,
  'cloudformation:StackPolicyUrl': ({ input: { input } }) => input.StackPolicyURL,
};
/** The key of requests about a change set: its name, also where its ARN is given. */
export const changeSetKey: StackKeys<{ readonly name: string }> = {
  'cloudformation:ChangeSetName': ({ input: { name } }) => /:changeSet\/([^/]+)/.exec(name)?.[1] ?? name,
};

/** The access of an operation on the stack of a name or ARN; on every stack where it names none. */
export function stackAccess<In>(
  row: StackRow<In>,
  action: string,
  nameOf: (input: In) => string | undefined,
  keys: StackKeys<NoInfer<In>> = {},
): AccessRow<CloudFormationState, In> {
  return row<StackTarget>({
    action: `cloudformation:${action}`,
    type: 'stack',
    on: (input, call) => ({ resource: stackArn(nameOf(input), call), stack: nameOf(input) }),
    keys: { ...stackKeys, ...keys },
  });
}

/** For operations on the stack that their input names. */
export const namedAccess = <In extends { readonly name: string | undefined }>(
  row: StackRow<In>,
  action: string,
  keys?: StackKeys<NoInfer<In>>,
) => stackAccess(row, action, ({ name }) => name, keys);

/** For operations on the change set of a stack. */
export const changeSetAccess = <In extends { readonly name: string; readonly stackName: string | undefined }>(
  row: StackRow<In>,
  action: string,
) => stackAccess(row, action, ({ stackName }) => stackName, changeSetKey);

/** For actions that have no resource. */
export const anyAccess = <In>(row: StackRow<In>, action: string) =>
  row({ action: `cloudformation:${action}`, on: anything });

/** The permissions to pass a role to CloudFormation. */
export const passRoleAccess = <In extends Request>(row: StackRow<In>) =>
  passRole(row, {
    service: 'cloudformation.amazonaws.com',
    roleOf: ({ input }) => input.RoleARN,
    store: (state) => state.cloud.store,
  });
