import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { planChanges } from '../engine/plan.js';
import { type ChangeSet, isPending } from '../stack/change-set.js';
import type { Stack } from '../stack/stack.js';
import { write } from '../stack/stack-store.js';
import { validationError } from '../template/template-error.js';
import { changeSetKey, definitionKeys, passRoleAccess, stackAccess } from './access.js';
import { hasChanges } from './changes.js';
import { parseDefinition } from './definition-request.js';
import { findNamed, refuseUnlessUpdatable } from './find-stack.js';
import { type CheckedDefinition, readDefinition } from './read-definition.js';
import { newStackId } from './stack-id.js';
import { checkStackName, newStack } from './start-stack.js';
import { type CloudFormationState, cloudFormationOperation, storeOf } from './state.js';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const createChangeSet = cloudFormationOperation({
  name: 'CreateChangeSet',
  limits: {
    ChangeSetType: { values: ['CREATE', 'UPDATE', 'IMPORT'] },
    OnStackFailure: { values: ['DO_NOTHING', 'ROLLBACK', 'DELETE'] },
  },
  parse: (input) => ({
    ...parseDefinition(input),
    stackName: input.StackName,
    name: input.ChangeSetName,
    type: input.ChangeSetType ?? 'UPDATE',
    imports: input.ResourcesToImport?.map(({ ResourceType }) => ResourceType),
    mode: input.DeploymentConfig?.Mode,
    description: input.Description,
    onFailure: input.OnStackFailure,
    token: input.ClientToken,
  }),
  access: (row) => [
    stackAccess(row, 'CreateChangeSet', ({ stackName }) => stackName, {
      ...definitionKeys,
      ...changeSetKey,
      'cloudformation:ImportResourceTypes': ({ input: { imports = [] } }) => imports,
    }),
    passRoleAccess(row),
  ],
  handle: ({ stackName, name, type, imports, mode, description, onFailure, token, ...request }, call, state) => {
    if (type === 'IMPORT' || imports !== undefined) {
      throw validationError('Importing resources into a stack is not supported by this cloud');
    }
    refuseUnknownMode(mode);
    return state.engine.exclusively({ ...call, name: plainName(stackName) }, async () => {
      const existing = await findNamed(stackName, call, state);
      refuseWrongType(type, existing, stackName, name);
      const store = storeOf(state, call);
      const namesake = existing && (await store.changeSet(name, existing.id));
      if (namesake && isPending(namesake)) {
        throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`, 400);
      }
      const id = existing?.id ?? newStackId('stack', stackName, call);
      const identity = existing ?? { ...call, id, name: stackName };
      const checked = await readDefinition(request, identity, existing, call, state, 'shown');
      const stack = existing ?? newStack(id, stackName, checked.definition, state.cloud.now(), call);
      const changeSet = {
        id: newStackId('changeSet', name, call),
        name,
        stackId: stack.id,
        stackName: stack.name,
        type,
        created: state.cloud.now(),
        ...defined({ description, onFailure, token }),
        definition: checked.definition,
        ...(await outcome(checked, stack, type, call, state)),
      };
      if (existing) await store.batch([write.changeSet(changeSet)]);
      else await state.engine.review(stack, write.changeSet(changeSet));
      return { Id: changeSet.id, StackId: id };
    });
  },
});

function plainName(nameOrId: string): string {
  return nameOrId.startsWith('arn:') ? (nameOrId.split('/')[1] ?? nameOrId) : nameOrId;
}

function refuseUnknownMode(mode: string | undefined): void {
  if (mode !== undefined && mode !== 'STANDARD') {
    throw validationError(`DeploymentConfig.Mode ${mode} is not supported by this cloud; it has STANDARD`);
  }
}

function refuseWrongType(
  type: 'CREATE' | 'UPDATE',
  existing: Stack | undefined,
  stackName: string,
  name: string,
): void {
  if (type === 'CREATE') {
    if (!existing) checkStackName(stackName);
    if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw validationError(
        `Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`,
      );
    }
    return;
  }
  if (!existing || existing.status === 'REVIEW_IN_PROGRESS')
    throw validationError(`Stack [${stackName}] does not exist`);
  refuseUnlessUpdatable(existing);
}

/** The changes of a change set. A change set that would change nothing fails. */
async function outcome(
  { definition, template }: CheckedDefinition,
  stack: Stack,
  type: 'CREATE' | 'UPDATE',
  call: Call,
  state: CloudFormationState,
): Promise<Pick<ChangeSet, 'changes' | 'status' | 'executionStatus' | 'statusReason'>> {
  const failed = (statusReason: string) =>
    ({ changes: [], status: 'FAILED', executionStatus: 'UNAVAILABLE', statusReason }) as const;
  if (definition.transformFailure !== undefined) return failed(definition.transformFailure);
  const store = storeOf(state, call);
  const [resources, exports] = await Promise.all([store.resources(stack.id), store.exports()]);
  const previous = type === 'UPDATE' ? stack.definition : undefined;
  const changes = planChanges({ template, definition, stack, previous, resources, exports });
  if (type === 'UPDATE' && !hasChanges(changes, definition, template, stack)) return failed(NO_CHANGES);
  return { changes, status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' };
}
