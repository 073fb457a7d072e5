import { requestTags } from '../../../core/access.js';
import { withTags } from '../../../kit/tags.js';
import { checkGroupKey } from '../group-key.js';
import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';
import { GROUP_TAGS } from './tagging.js';

export const createLogGroup = logsOperation({
  name: 'CreateLogGroup',
  limits: {
    logGroupName: GROUP,
    logGroupClass: { values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
  },
  parse: ({ logGroupName: group, logGroupClass = 'STANDARD', tags = {}, kmsKeyId, deletionProtectionEnabled }) => {
    if (deletionProtectionEnabled) {
      throw invalidParameter('The local cloud does not support deletionProtectionEnabled of a log group');
    }
    return { group, class: logGroupClass, tags, kmsKeyId };
  },
  access: (row) => [
    logAccess(
      row,
      'CreateLogGroup',
      'log-group',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ group: name, class: groupClass, tags, kmsKeyId }, call, { context, logs }) => {
    if (kmsKeyId !== undefined) await checkGroupKey(kmsKeyId, name, call, context);
    const all = withTags({}, tags, GROUP_TAGS, call);
    await logs.createGroup(call, { name, created: context.now(), class: groupClass, tags: all, kmsKeyId });
  },
});
