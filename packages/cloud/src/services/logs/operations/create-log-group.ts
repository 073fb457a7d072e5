import { requestTags } from '../../../core/access.js';
import { withTags } from '../../../kit/tags.js';
import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';
import { GROUP_TAGS } from './tagging.js';

export const createLogGroup = logsOperation({
  name: 'CreateLogGroup',
  limits: {
    logGroupName: { min: 1, pattern: GROUP.pattern },
    logGroupClass: { values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
  },
  parse: ({ logGroupName: group, logGroupClass = 'STANDARD', tags = {}, kmsKeyId, deletionProtectionEnabled }) => {
    if (group.length > GROUP.max) {
      throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.');
    }
    if (kmsKeyId !== undefined) throw invalidParameter('The local cloud does not support kmsKeyId of a log group');
    if (deletionProtectionEnabled) {
      throw invalidParameter('The local cloud does not support deletionProtectionEnabled of a log group');
    }
    return { group, class: logGroupClass, tags };
  },
  access: (row) => [
    logAccess(
      row,
      'CreateLogGroup',
      'log-group',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ group: name, class: groupClass, tags }, call, { context, logs }) => {
    const all = withTags({}, tags, GROUP_TAGS, call);
    await logs.createGroup(call, { name, created: context.now(), class: groupClass, tags: all });
  },
});
