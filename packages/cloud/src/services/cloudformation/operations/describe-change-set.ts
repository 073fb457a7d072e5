import type { ResourceChange } from '../stack/change-set.js';
import { shownRollbackConfiguration } from '../stack/rollback-configuration.js';
import { changeSetAccess } from './access.js';
import { findChangeSet } from './find-stack.js';
import { shownChanges } from './show-changes.js';
import { shownParameters, shownTags, unlessEmpty } from './show-stack.js';
import { cloudFormationOperation } from './state.js';

/** AWS says which values it cannot show because an export does not exist yet. */
function incompleteReason(changes: readonly ResourceChange[]): string | undefined {
  const found = changes.find(({ missingExport }) => missingExport !== undefined);
  return (
    found &&
    `[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [${found.logicalId}] because: No export named ${found.missingExport}`
  );
}

export const describeChangeSet = cloudFormationOperation({
  name: 'DescribeChangeSet',
  parse: (input) => ({
    name: input.ChangeSetName,
    stackName: input.StackName,
    values: input.IncludePropertyValues ?? false,
  }),
  access: (row) => [changeSetAccess(row, 'DescribeChangeSet')],
  handle: async ({ name, stackName, values }, call, state) => {
    const { definition, ...changeSet } = await findChangeSet(name, stackName, call, state);
    return {
      ChangeSetName: changeSet.name,
      ChangeSetId: changeSet.id,
      StackId: changeSet.stackId,
      StackName: changeSet.stackName,
      Description: changeSet.description,
      Parameters: shownParameters(definition),
      CreationTime: new Date(changeSet.created),
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason ?? (values ? incompleteReason(changeSet.changes) : undefined),
      NotificationARNs: definition.notificationArns,
      RollbackConfiguration: shownRollbackConfiguration(definition.rollbackConfiguration),
      Capabilities: definition.capabilities,
      Tags: unlessEmpty(shownTags(definition)),
      Changes: shownChanges(changeSet.changes, values),
      IncludeNestedStacks: false,
      OnStackFailure: changeSet.onFailure,
    };
  },
});
