import type { PropertyChange } from '../spec/property-changes.js';
import type { OnFailure, StackDefinition } from './stack.js';

/** Because of which parameter or resource a value changes, or may change. */
export interface ChangeCause {
  /** `TopicName`, `Topic`, `Topic.TopicArn` */
  readonly entity: string;
  readonly source: 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  /** `Dynamic` where only the deployment tells whether the value changes. */
  readonly evaluation: 'Static' | 'Dynamic';
}

/** A changed property with its causes; without any, the template itself has another value. */
export type CausedPropertyChange = PropertyChange & { readonly causes?: readonly ChangeCause[] };

/** The change that a change set would make to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly properties: readonly CausedPropertyChange[];
  /** Properties whose values may change while the change set is executed; shown where values are not. */
  readonly perhaps?: readonly CausedPropertyChange[];
  /** Nothing but `perhaps` changes. */
  readonly onlyPerhaps?: true;
  /** Of the change of the metadata. */
  readonly metadataCauses?: readonly ChangeCause[];
  /** The attributes, apart from properties, that differ. */
  readonly attributes: readonly ('Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Tags')[];
  /** JSON text of the properties before and after. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** An export that its properties import and that does not exist: its value is not among them. */
  readonly missingExport?: string;
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

/** True of a change set that was not executed: it has its name for itself. */
export function isPending({ executionStatus }: ChangeSet): boolean {
  return executionStatus === 'AVAILABLE' || executionStatus === 'UNAVAILABLE';
}
