import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { PolicyRecord } from '../../../iam/identity-record.js';
import { newAccess } from '../access.js';
import { name, path, tags, text } from '../input.js';
import { checkManagedPolicy } from '../limits.js';
import { policyOutput } from '../output.js';
import { refuseReservedTags } from '../reserved-tags.js';
import type { IamState } from '../service-state.js';

export const createPolicy = operation<IamState>()({
  name: 'CreatePolicy',
  parse: (raw) => {
    const input = membersOf(raw);
    return {
      PolicyName: name(input, 'PolicyName', 128),
      Path: path(input),
      PolicyDocument: text(input, 'PolicyDocument'),
      Description: input.text('Description'),
      Tags: tags(input),
    };
  },
  access: (row) =>
    newAccess(row, 'policy', { create: 'CreatePolicy', tag: 'TagPolicy' }, ({ PolicyName }) => PolicyName),
  handle: async ({ PolicyName, Path, PolicyDocument, Description, Tags }, call, { identities, now }) => {
    checkManagedPolicy(PolicyDocument);
    refuseReservedTags(Tags, call);
    const created = now();
    const policy: PolicyRecord = {
      name: PolicyName,
      path: Path,
      id: `ANPA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${call.account}:policy${Path}${PolicyName}`,
      description: Description,
      created,
      updated: created,
      versions: [{ id: 'v1', document: PolicyDocument, created }],
      defaultVersion: 'v1',
      lastVersion: 1,
      tags: Tags,
    };
    await identities.addPolicy(call.account, policy);
    return { Policy: policyOutput(policy, { attachments: 0, boundaries: 0 }) };
  },
});
