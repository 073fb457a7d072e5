import { defined } from '../../../core/defined.js';
import type { Input } from '../../../model/client-types.js';
import { type RollbackConfiguration, rollbackConfigurationIn } from '../stack/rollback-configuration.js';
import type { StackDefinition } from '../stack/stack.js';
import type { GivenParameter } from '../template/parameters.js';
import { parseTemplateSource, type TemplateInput, type TemplateSource } from './template-source.js';

/** The members that CreateStack, UpdateStack and CreateChangeSet share: those that define a stack. */
export type DefinitionInput = Pick<
  Input<'cloudformation', 'CreateStack'>,
  | 'Capabilities'
  | 'NotificationARNs'
  | 'Parameters'
  | 'ResourceTypes'
  | 'RoleARN'
  | 'RollbackConfiguration'
  | 'Tags'
  | 'TimeoutInMinutes'
> &
  TemplateInput;

/** The definition that a request asks for; a member that is undefined stays as it was. */
export interface DefinitionRequest {
  readonly template: TemplateSource;
  readonly parameters: readonly GivenParameter[];
  readonly tags: StackDefinition['tags'] | undefined;
  readonly capabilities: StackDefinition['capabilities'];
  readonly notificationArns: StackDefinition['notificationArns'] | undefined;
  readonly roleArn: string | undefined;
  readonly rollbackConfiguration: RollbackConfiguration | undefined;
  /** The types that the request may touch, for the condition key of that name. */
  readonly resourceTypes: readonly string[] | undefined;
  /** A member that this cloud would have to ignore. The request is refused, once its caller is known to be allowed it. */
  readonly unsupported: string | undefined;
}

/** @throws AwsError ValidationError where the request has no template or more than one, or a trigger that is no alarm */
export function parseDefinition(input: DefinitionInput): DefinitionRequest {
  return {
    template: parseTemplateSource(input),
    parameters: (input.Parameters ?? []).map(({ ParameterKey = '', ParameterValue, UsePreviousValue = false }) => ({
      key: ParameterKey,
      ...defined({ value: ParameterValue }),
      usePreviousValue: UsePreviousValue,
    })),
    tags: input.Tags && Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])),
    capabilities: input.Capabilities ?? [],
    notificationArns: input.NotificationARNs,
    roleArn: input.RoleARN,
    rollbackConfiguration: rollbackConfigurationIn(input.RollbackConfiguration),
    resourceTypes: input.ResourceTypes,
    unsupported: unsupportedMember(input),
  };
}

/**
 * Members that change what happens, and that this cloud would have to ignore. ImportExistingResources is not among them:
 * `cdk bootstrap` always asks for it, and without it a resource that exists fails by its name.
 */
function unsupportedMember(input: DefinitionInput): string | undefined {
  return (['ResourceTypes', 'TimeoutInMinutes'] as const).find((name) => input[name] !== undefined);
}
