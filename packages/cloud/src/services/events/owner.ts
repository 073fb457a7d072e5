import type { Call } from '../../core/operation.js';
import type { ResourceContext } from '../../core/resource-type.js';

/** A resource that has no tags, by which CloudFormation would know it for its own. */
export interface Owned {
  /** The stack and the resource of it that it was created for; none where a caller created it. */
  readonly owner?: string | undefined;
}

/** The resource of a stack that a create is for, which the create hands over as the id of the call. */
export const ownerOf = ({ stackId, logicalId }: ResourceContext): string => `${stackId} ${logicalId}`;

/** True if a create may not have the name: a create for a stack that was cut off takes up what it has made. */
export function isTaken(existing: Owned | undefined, { resourceId }: Call): boolean {
  return existing !== undefined && (resourceId === undefined || existing.owner !== resourceId);
}
