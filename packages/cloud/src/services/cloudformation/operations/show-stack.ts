import type { CloudContext } from '../../../core/cloud.js';
import { toLocalUrls } from '../../../core/local-url.js';
import { shownRollbackConfiguration } from '../stack/rollback-configuration.js';
import {
  type Stack,
  type StackDefinition,
  type StackOutput,
  type StackResource,
  stackDescription,
} from '../stack/stack.js';
import { inAnswerOrder } from './parameter-order.js';

/** AWS leaves out most lists that are empty; which, differs by operation. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Parameters as AWS shows them: what NoEcho hides is stars. */
export function shownParameters({ parameters }: StackDefinition) {
  return unlessEmpty(inAnswerOrder(parameters))?.map(({ key, value, resolvedValue, noEcho }) => ({
    ParameterKey: key,
    ParameterValue: noEcho ? '****' : value,
    ResolvedValue: resolvedValue,
  }));
}

export function shownTags({ tags }: StackDefinition) {
  return Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
}

function shownOutput({ key, value, description, exportName }: StackOutput, cloud: CloudContext) {
  return {
    OutputKey: key,
    OutputValue: toLocalUrls(value, cloud),
    Description: description,
    ExportName: exportName,
  };
}

/** A stack as DescribeStacks answers it. */
export function shownStack(stack: Stack, cloud: CloudContext) {
  const { definition } = stack;
  const isDeleted = stack.status === 'DELETE_COMPLETE';
  return {
    StackId: stack.id,
    StackName: stack.name,
    // Neither a deletion nor the rollback of a creation is a change set's.
    ChangeSetId: stack.deleted === undefined ? stack.changeSetId : undefined,
    Description: stackDescription(stack),
    Parameters: shownParameters(definition),
    CreationTime: new Date(stack.created),
    DeletionTime: stack.deleted === undefined ? undefined : new Date(stack.deleted),
    LastUpdatedTime: stack.updated === undefined ? undefined : new Date(stack.updated),
    RollbackConfiguration: shownRollbackConfiguration(definition.rollbackConfiguration),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: definition.notificationArns,
    Capabilities: unlessEmpty(definition.capabilities),
    Outputs: unlessEmpty(stack.outputs)?.map((output) => shownOutput(output, cloud)),
    RoleARN: definition.roleArn,
    // The proposals of a change set are not the stack's yet.
    Tags: stack.status === 'REVIEW_IN_PROGRESS' ? [] : shownTags(definition),
    ParentId: stack.parentId,
    EnableTerminationProtection: isDeleted ? undefined : stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' as const },
    LastOperations: stack.lastOperation && [
      { OperationType: stack.lastOperation.type, OperationId: stack.lastOperation.id },
    ],
  };
}

/** A resource as DescribeStackResources answers it. */
export function shownResource(stack: Stack, resource: StackResource) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId === '' ? undefined : resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(resource.time),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' as const },
  };
}
