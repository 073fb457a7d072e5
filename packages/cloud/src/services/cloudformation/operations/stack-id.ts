import type { Scope } from '../../../core/operation.js';
import { partitionOf } from '../../../core/partition.js';
import { randomId } from '../../../core/random-id.js';

/** The ARN of a stack or change set to be made. */
export function newStackId(kind: 'stack' | 'changeSet', name: string, { account, region }: Scope): string {
  return `arn:${partitionOf(region).name}:cloudformation:${region}:${account}:${kind}/${name}/${randomId.uuid()}`;
}
