import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { OnFailure, OperationEntry, Stack, StackDefinition, StackOperation } from '../stack/stack.js';
import { validationError } from '../template/template-error.js';
import { stackPrincipal } from './stack-principal.js';
import type { CloudFormationState } from './state.js';

export function checkStackName(name: string): void {
  if (/^[A-Za-z][-A-Za-z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}

/** The header of a stack that does not exist yet. */
export function newStack(id: string, name: string, definition: StackDefinition, created: number, call: Call): Stack {
  return {
    id,
    name,
    account: call.account,
    region: call.region,
    status: 'REVIEW_IN_PROGRESS',
    created,
    definition,
    outputs: [],
    imports: [],
    terminationProtection: false,
    disableRollback: false,
    leftovers: [],
  };
}

export interface OperationOptions {
  /** @default - by the kind of the operation */
  readonly type?: OperationEntry['type'];
  readonly onFailure?: OnFailure;
  readonly token?: string;
  readonly retain?: readonly string[];
  readonly skip?: readonly string[];
  readonly changeSetId?: string;
  /** The stack policy of this operation alone. */
  readonly policy?: string | undefined;
  readonly retainExceptOnCreate?: boolean;
}

const TYPES = { CREATE: 'CREATE_STACK', UPDATE: 'UPDATE_STACK', DELETE: 'DELETE_STACK' } as const;

/** An operation on behalf of a caller, made with the stack's role where it has one. */
export async function newOperation(
  kind: StackOperation['kind'],
  roleArn: string | undefined,
  options: OperationOptions,
  call: Call,
  state: CloudFormationState,
): Promise<StackOperation> {
  const { onFailure = 'ROLLBACK', token, retain = [], skip = [], changeSetId, policy, retainExceptOnCreate } = options;
  return {
    kind,
    entry: { type: options.type ?? TYPES[kind], id: randomId.uuid() },
    principal: await stackPrincipal(roleArn, call, state),
    onFailure,
    retain,
    skip,
    ...defined({ token, changeSetId, policy }),
    ...(retainExceptOnCreate && { retainExceptOnCreate }),
  };
}

/** The members of a request that go into its operation. */
export function operationOptions(input: {
  readonly ClientRequestToken?: string | undefined;
  readonly RetainExceptOnCreate?: boolean | undefined;
}): OperationOptions {
  const token = input.ClientRequestToken;
  return {
    retainExceptOnCreate: input.RetainExceptOnCreate,
    ...defined({ token }),
  };
}

/** The requested action on failure, from OnFailure or DisableRollback. */
export function onFailureIn(input: {
  readonly OnFailure?: OnFailure | undefined;
  readonly DisableRollback?: boolean | undefined;
}): OnFailure {
  const onFailure = input.OnFailure;
  if (onFailure !== undefined && input.DisableRollback !== undefined) {
    throw validationError('You cannot specify both OnFailure and DisableRollback');
  }
  return onFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
}
