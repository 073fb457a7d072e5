import { anyAccess } from './access.js';
import { cloudFormationOperation } from './state.js';

/** This cloud runs no hooks, so there is no result of any. */
export const listHookResults = cloudFormationOperation({
  name: 'ListHookResults',
  parse: (input) => ({ targetType: input.TargetType, targetId: input.TargetId }),
  access: (row) => [anyAccess(row, 'ListHookResults')],
  handle: ({ targetType, targetId }) => ({ TargetType: targetType, TargetId: targetId, HookResults: [] }),
});
