import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import { groupArn } from './log-arn.js';
import type { LogsState } from './service-state.js';

type LogRow<Input> = RowMaker<LogsState, Input>;
type LogKeys<Input> = ConditionKeys<LogsState, Input, LogTarget>;

interface LogTarget extends Target {
  readonly group: string;
}

const resourceTags: LogKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, call, state }) => (await state.logs.findGroup(call, target.group))?.tags,
};

/**
 * Access to a group or one of its streams. AWS names a group in a decision with an empty stream, which policies for
 * `log-group:NAME:*` match.
 */
export function logAccess<Input extends { readonly group: string; readonly stream?: string }>(
  row: LogRow<Input>,
  action: string,
  type: 'log-group' | 'log-stream',
  keys: LogKeys<NoInfer<Input>> = {},
): AccessRow<LogsState, Input> {
  return row<LogTarget>({
    action: `logs:${action}`,
    type,
    on: ({ group, stream = '' }, call, { policies }) => ({
      resource: `${groupArn(call, group)}:log-stream:${stream}`,
      resourcePolicy: async () => policies.whole(call, groupArn(call, group)),
      group,
    }),
    keys: { ...resourceTags, ...keys },
  });
}

/** For operations on every group. */
export const everyGroupAccess = <Input>(row: LogRow<Input>, action: string) =>
  row({ action: `logs:${action}`, on: (_input, call) => ({ resource: `${groupArn(call, '')}:log-stream:` }) });
