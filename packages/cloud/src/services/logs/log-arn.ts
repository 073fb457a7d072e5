import type { Access, Call, Scope } from '../../core/operation.js';

export function groupArn({ account, region }: Scope, group: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${group}`;
}

/**
 * Access to a group or one of its streams. AWS names a group in a decision with an empty stream, which policies for
 * `log-group:NAME:*` match.
 */
export function logAccess(action: string) {
  return (input: { readonly group?: string; readonly stream?: string }, call: Call): readonly Access[] => [
    {
      action: `logs:${action}`,
      resource: `${groupArn(call, input.group ?? '')}:log-stream:${input.stream ?? ''}`,
    },
  ];
}

/** The name of the group that an ARN, with `:*` or without, or a name alone means. */
export function groupNameOf(identifier: string): string {
  return /^arn:[^:]*:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;
}
