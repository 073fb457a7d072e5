import { anyAccess } from './access.js';
import { Input } from './input.js';
import { cloudFormationOperation } from './state.js';

/** This cloud runs no hooks, so there is no result of any. */
export const listHookResults = cloudFormationOperation({
  name: 'ListHookResults',
  parse: (raw) => {
    const input = new Input(raw);
    return { targetType: input.text('TargetType'), targetId: input.text('TargetId') };
  },
  access: (row) => [anyAccess(row, 'ListHookResults')],
  handle: ({ targetType, targetId }) => ({ TargetType: targetType, TargetId: targetId, HookResults: [] }),
});
