import {
  type AccessRow,
  anything,
  type ConditionKeys,
  type RowMaker,
  requestTags,
  type Target,
} from '../../../core/access.js';
import { passRole } from '../../../iam/index.js';
import type { DefinitionRequest } from './definition-request.js';
import { findNamed } from './find-stack.js';
import { stackArn } from './stack-arn.js';
import type { PolicySource } from './stack-policy-source.js';
import type { CloudFormationState } from './state.js';
import type { TemplateSource } from './template-source.js';

type StackRow<In> = RowMaker<CloudFormationState, In>;

interface StackTarget extends Target {
  readonly stack: string | undefined;
}

export type StackKeys<In> = ConditionKeys<CloudFormationState, In, StackTarget>;

interface WithRole {
  readonly roleArn: string | undefined;
}
interface WithTemplate {
  readonly template: TemplateSource;
}
interface WithPolicy {
  readonly policy?: PolicySource | undefined;
}

const stackKeys: StackKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, call, state }) =>
    target.stack === undefined ? undefined : (await findNamed(target.stack, call, state))?.definition.tags,
};

export const roleKey: StackKeys<WithRole> = {
  'cloudformation:RoleArn': ({ input: { roleArn } }) => roleArn,
};
export const templateUrlKey: ConditionKeys<CloudFormationState, WithTemplate> = {
  'cloudformation:TemplateUrl': ({ input: { template } }) => (template.kind === 'url' ? template.url : undefined),
};
export const policyUrlKey: StackKeys<WithPolicy> = {
  'cloudformation:StackPolicyUrl': ({ input: { policy } }) => (policy?.kind === 'url' ? policy.url : undefined),
};
/** The keys of requests that define a stack. */
export const definitionKeys: StackKeys<DefinitionRequest & WithPolicy> = {
  ...roleKey,
  ...templateUrlKey,
  ...policyUrlKey,
  ...requestTags(({ tags }: DefinitionRequest) => tags),
  'cloudformation:ResourceTypes': ({ input: { resourceTypes } }) => resourceTypes,
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
export const passRoleAccess = <In extends WithRole>(row: StackRow<In>) =>
  passRole(row, {
    service: 'cloudformation.amazonaws.com',
    roleOf: ({ roleArn }) => roleArn,
    store: (state) => state.cloud.store,
  });
