import type { Capability } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../core/operation.js';
import type { Principal } from '../../../core/principal.js';
import type { Json, JsonMap } from '../template/json.js';
import type { ParameterValue } from '../template/parameters.js';
import type { DeletionPolicy } from '../template/template.js';
import type { RollbackConfiguration } from './rollback-configuration.js';

export type StackStatus =
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'CREATE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'REVIEW_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS';

export type ResourceStatus =
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'CREATE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_SKIPPED'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_IN_PROGRESS';

/** One resource of a stack as it is. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Empty where nothing was made. */
  readonly physicalId: string;
  /** Changes with each physical resource: two may have the same physical id, like the stages `v1` of two APIs. */
  readonly incarnation: string;
  /** The request to the service that is not known to be done. */
  readonly pending?: 'create' | 'update';
  /** Its creation failed: what there may be of it has to go before it is made again. */
  readonly unmade?: true;
  readonly status: ResourceStatus;
  readonly statusReason?: string;
  /** Epoch milliseconds of the last change of status. */
  readonly time: number;
  /** Functions evaluated; references to SSM parameters (`{{resolve:…}}`) still in place. */
  readonly properties: JsonMap;
  /** As events and change sets show the properties, where a NoEcho parameter is in them. */
  readonly masked?: JsonMap | undefined;
  readonly ref: Json;
  readonly attributes: JsonMap;
  /** The stack's tags that it was last given; absent where its type takes no tags. */
  readonly stackTags?: JsonMap;
  readonly metadata?: Json;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  /** The logical ids that must outlive it. */
  readonly needs: readonly string[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** The requested definition of a stack, from which all its resources follow. */
export interface StackDefinition {
  /** As it was sent. */
  readonly template: string;
  /** As its macros left it. @default - what was sent */
  readonly processed?: string;
  /** The template's. */
  readonly description?: string;
  /** Why a macro failed: a stack with it cannot be deployed. */
  readonly transformFailure?: string;
  readonly parameters: readonly ParameterValue[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly Capability[];
  readonly roleArn?: string;
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration?: RollbackConfiguration;
}

/** A stack as it was when it last was stable: what an update rolls back to. */
export interface StableState {
  readonly definition: StackDefinition;
  readonly outputs: readonly StackOutput[];
  readonly imports: readonly string[];
  readonly resources: readonly StackResource[];
}

/** The action when an operation on a stack fails. */
export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

/** An operation by the words of DescribeStacks. */
export interface OperationEntry {
  readonly type: 'CONTINUE_ROLLBACK' | 'CREATE_STACK' | 'DELETE_STACK' | 'ROLLBACK' | 'UPDATE_STACK';
  readonly id: string;
}

/** The operation that is under way; kept so that a restart can go on with it. */
export interface StackOperation {
  readonly kind: 'CREATE' | 'UPDATE' | 'DELETE';
  /** Absent from an operation that an older version of the cloud began. */
  readonly entry?: OperationEntry;
  readonly principal: Principal;
  readonly token?: string;
  readonly onFailure: OnFailure;
  /** Logical ids that DeleteStack is to leave alone. */
  readonly retain: readonly string[];
  /** Logical ids that ContinueUpdateRollback is to skip. */
  readonly skip: readonly string[];
  readonly changeSetId?: string;
  /** The stack policy that counts for this update alone. */
  readonly policy?: string;
  /** True if a rollback deletes the resources that the operation created, even if their DeletionPolicy is Retain. */
  readonly retainExceptOnCreate?: boolean;
}

export interface Stack extends Scope {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  /** The stack that it is nested in. */
  readonly parentId?: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly created: number;
  readonly updated?: number;
  readonly deleted?: number;
  /** The definition that is deployed, or being deployed. */
  readonly definition: StackDefinition;
  readonly outputs: readonly StackOutput[];
  /** Names of the exports of other stacks that this one uses. */
  readonly imports: readonly string[];
  readonly terminationProtection: boolean;
  /** JSON text: what updates may do to which resources. @default - everything */
  readonly policy?: string;
  readonly disableRollback: boolean;
  readonly changeSetId?: string;
  readonly operation?: StackOperation;
  /** The operation that began last, also when it has ended. */
  readonly lastOperation?: OperationEntry;
  readonly stable?: StableState;
  /** Physical resources to which no logical id refers any more; deleted at the end of the operation. */
  readonly leftovers: readonly StackResource[];
}

export interface StackEvent {
  readonly id: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly time: number;
  readonly status: StackStatus | ResourceStatus;
  readonly reason?: string;
  /** JSON text. */
  readonly properties?: string;
  readonly token?: string;
}

export function isInProgress(status: StackStatus): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** The description of a stack; one in review has none yet, whatever its change set proposes. */
export function stackDescription({ status, definition }: Stack): string | undefined {
  return status === 'REVIEW_IN_PROGRESS' ? undefined : definition.description;
}

/** The last part of a stack's or change set's ARN. */
export function stackUuid(stackId: string): string {
  return stackId.slice(stackId.lastIndexOf('/') + 1);
}
