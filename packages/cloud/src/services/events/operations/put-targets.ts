import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { eventsOperation, readRuleName, ruleAccess, ruleOf } from '../service-state.js';
import { readTarget } from '../target.js';

/** Targets of a rule. */
const MOST = 5;

export const putTargets = eventsOperation({
  name: 'PutTargets',
  parse: (raw) => {
    const input = new InputReader(raw);
    const rule = readRuleName(input, 'Rule');
    const targets = input.list('Targets');
    if (targets === undefined) input.missing('Targets');
    input.check();
    return { ...rule, targets: (targets ?? []).map((each) => readTarget(new InputReader(each))) };
  },
  access: (row) => [
    ruleAccess(row, 'PutTargets', { 'events:TargetArn': ({ input }) => input.targets.map(({ Arn }) => Arn) }),
  ],
  handle: async (input, call, { bridge: { rules } }) => {
    const rule = rules.get(ruleOf(input, call));
    const byId = new Map([...rule.targets, ...input.targets].map((target) => [target.Id, target]));
    if (byId.size > MOST) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    await rules.put({ ...rule, targets: [...byId.values()] });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});
