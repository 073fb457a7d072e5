import type { Call } from '../../../core/operation.js';

/** The ARN by which IAM knows a stack; every incarnation of a name where only the name is given. */
export function stackArn(nameOrId: string | undefined, call: Call): string {
  if (nameOrId?.startsWith('arn:')) return nameOrId;
  return `arn:aws:cloudformation:${call.region}:${call.account}:stack/${nameOrId ?? '*'}/*`;
}
