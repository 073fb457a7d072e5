import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/** The physical ids of a stack's resources, by their logical ones. */
export async function physicalIds(
  client: CloudFormationClient,
  stackName: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
      const there = ResourceStatus !== 'DELETE_COMPLETE';
      if (there && LogicalResourceId && PhysicalResourceId) ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
}
