import { checkGroupKey } from '../group-key.js';
import { logAccess } from '../log-access.js';
import { groupNameOf } from '../log-arn.js';
import { GROUP, invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';

/** @throws AwsError InvalidParameterException for what is no log group: results of queries have no keys here */
function groupIn(name: string | undefined, identifier: string | undefined): string {
  if ((name === undefined) === (identifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and resourceIdentifier must be specified.');
  }
  return name ?? groupNameOf(identifier ?? '');
}

export const associateKmsKey = logsOperation({
  name: 'AssociateKmsKey',
  limits: { logGroupName: GROUP, kmsKeyId: { max: 256 } },
  parse: ({ logGroupName, resourceIdentifier, kmsKeyId }) => ({
    group: groupIn(logGroupName, resourceIdentifier),
    kmsKeyId,
  }),
  access: (row) => [logAccess(row, 'AssociateKmsKey', 'log-group')],
  handle: async ({ group, kmsKeyId }, call, { context, logs }) => {
    await logs.group(call, group);
    await checkGroupKey(kmsKeyId, group, call, context);
    await logs.changeGroup(call, group, (before) => ({ ...before, kmsKeyId }));
  },
});

export const disassociateKmsKey = logsOperation({
  name: 'DisassociateKmsKey',
  limits: { logGroupName: GROUP },
  parse: ({ logGroupName, resourceIdentifier }) => ({ group: groupIn(logGroupName, resourceIdentifier) }),
  access: (row) => [logAccess(row, 'DisassociateKmsKey', 'log-group')],
  handle: ({ group }, call, { logs }) => logs.changeGroup(call, group, ({ kmsKeyId: _, ...before }) => before),
});
