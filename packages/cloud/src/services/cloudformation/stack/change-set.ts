import type { PropertyChange } from '../spec/property-changes.js';
import type { OnFailure, StackDefinition } from './stack.js';

/** The change that a change set would make to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly properties: readonly PropertyChange[];
  /** The attributes, apart from properties, that differ. */
  readonly attributes: readonly ('Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Tags')[];
  /** JSON text of the properties before and after. */
  readonly before?: string;
  readonly after?: string;
  readonly policyAction?: 'Delete' | 'Retain' | 'Snapshot' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
}

export interface ChangeSet {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
  readonly created: number;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  readonly executionStatus:
    | 'AVAILABLE'
    | 'UNAVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE';
  readonly definition: StackDefinition;
  readonly changes: readonly ResourceChange[];
  readonly onFailure?: OnFailure;
  readonly token?: string;
}
