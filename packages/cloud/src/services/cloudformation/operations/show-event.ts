import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { StackEvent } from '../stack/stack.js';

/** An event as DescribeStackEvents answers it. */
export function shownEvent(event: StackEvent) {
  return {
    StackId: event.stackId,
    EventId: event.id,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.time),
    // The model has the statuses of resources alone; events of stacks have those of stacks, as on AWS.
    ResourceStatus: event.status as ResourceStatus,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.token,
  };
}
