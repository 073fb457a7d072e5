import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import type { GivenParameter } from '../template/parameters.js';

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
  | 'TemplateBody'
  | 'TemplateURL'
  | 'TimeoutInMinutes'
> &
  Pick<Input<'cloudformation', 'UpdateStack'>, 'UsePreviousTemplate'>;

export function givenParameters({ Parameters = [] }: Pick<DefinitionInput, 'Parameters'>): readonly GivenParameter[] {
  return Parameters.map(({ ParameterKey = '', ParameterValue, UsePreviousValue = false }) => ({
    key: ParameterKey,
    ...(ParameterValue !== undefined && { value: ParameterValue }),
    usePreviousValue: UsePreviousValue,
  }));
}

/** Tags as a map; undefined where the request says nothing of them. */
export function givenTags({ Tags }: Pick<DefinitionInput, 'Tags'>): Readonly<Record<string, string>> | undefined {
  return Tags && Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
}

/** The ARN by which IAM knows a stack; every incarnation of a name where only the name is given. */
export function stackArn(nameOrId: string | undefined, call: Call): string {
  if (nameOrId?.startsWith('arn:')) return nameOrId;
  return `arn:aws:cloudformation:${call.region}:${call.account}:stack/${nameOrId ?? '*'}/*`;
}
