import type { Scope } from '../../core/operation.js';

export function groupArn({ account, region }: Scope, group: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${group}`;
}

/** The name of the group that an ARN, with `:*` or without, or a name alone means. */
export function groupNameOf(identifier: string): string {
  return /^arn:[^:]*:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;
}
