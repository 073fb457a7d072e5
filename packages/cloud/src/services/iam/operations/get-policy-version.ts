import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput, text } from '../input.js';
import { encodedDocument, versionOutput } from '../output.js';
import { neededPolicy, neededVersion } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const getPolicyVersion = operation<IamState>()({
  name: 'GetPolicyVersion',
  parse: (raw) => ({ ...policyInput(raw), VersionId: text(membersOf(raw), 'VersionId') }),
  access: (row) => [policyAccess(row, 'GetPolicyVersion')],
  handle: async ({ PolicyArn, VersionId }, _call, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const version = neededVersion(policy, VersionId);
    return { PolicyVersion: { Document: encodedDocument(version.document), ...versionOutput(policy, version) } };
  },
});
