import type { PropertyChange } from '../spec/property-changes.js';
import type { ResourceChange } from '../stack/change-set.js';
import type { Json } from '../template/json.js';
import { changeSetAccess } from './access.js';
import { findChangeSet } from './find-stack.js';
import { Input } from './input.js';
import { shownParameters, shownTags } from './show-stack.js';
import { cloudFormationOperation } from './state.js';

export const describeChangeSet = cloudFormationOperation({
  name: 'DescribeChangeSet',
  parse: (raw) => {
    const input = new Input(raw);
    return {
      name: input.required('ChangeSetName'),
      stackName: input.text('StackName'),
      values: input.flag('IncludePropertyValues'),
    };
  },
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
      StatusReason: changeSet.statusReason,
      NotificationARNs: definition.notificationArns,
      RollbackConfiguration: {},
      Capabilities: definition.capabilities,
      Tags: shownTags(definition),
      Changes: changeSet.changes.map((change) => ({ Type: 'Resource', ResourceChange: shownChange(change, values) })),
      IncludeNestedStacks: false,
      OnStackFailure: changeSet.onFailure,
    };
  },
});

function shownChange(change: ResourceChange, values: boolean): object {
  const scope = new Set([...(change.properties.length > 0 ? ['Properties'] : []), ...change.attributes]);
  return {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: [...scope],
    Details: [
      ...change.properties.map((property) => shownDetail(property, values)),
      ...change.attributes.map((attribute) => ({
        Target: { Attribute: attribute, RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      })),
    ],
    ...(values && { BeforeContext: change.before, AfterContext: change.after }),
  };
}

function shownDetail({ name, path, before, after, recreation }: PropertyChange, values: boolean): object {
  const attributeChangeType = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return {
    Target: {
      Attribute: 'Properties',
      Name: name,
      RequiresRecreation: recreation,
      Path: path,
      ...(values && {
        BeforeValue: textOf(before),
        AfterValue: textOf(after),
        AttributeChangeType: attributeChangeType,
      }),
    },
    Evaluation: 'Static',
    ChangeSource: 'DirectModification',
  };
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value);
}
