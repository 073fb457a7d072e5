import { requestTags } from '../../../core/access.js';
import { logAccess } from '../log-access.js';
import { invalidParameter, readGroup, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const createLogGroup = logsOperation({
  name: 'CreateLogGroup',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = {
      group: readGroup(input),
      class: input.text('logGroupClass', { oneOf: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] }) ?? 'STANDARD',
      tags: input.textMap('tags') ?? {},
    };
    if (input.has('kmsKeyId')) throw invalidParameter('The local cloud does not support kmsKeyId of a log group');
    if (input.flag('deletionProtectionEnabled')) {
      throw invalidParameter('The local cloud does not support deletionProtectionEnabled of a log group');
    }
    input.check();
    return parsed;
  },
  access: (row) => [
    logAccess(
      row,
      'CreateLogGroup',
      'log-group',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ group, tags, ...input }, call, { context, logs }) => {
    if (call.resourceId === undefined && Object.keys(tags).some((key) => key.startsWith('aws:'))) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
    }
    await logs.createGroup(call, { name: group, created: context.now(), class: input.class, tags });
  },
});
