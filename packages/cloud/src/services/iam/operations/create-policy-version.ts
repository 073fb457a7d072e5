import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput, text } from '../input.js';
import { checkManagedPolicy, tooManyVersions, VERSIONS_PER_POLICY } from '../limits.js';
import { versionOutput } from '../output.js';
import { neededVersion } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const createPolicyVersion = operation<IamState>()({
  name: 'CreatePolicyVersion',
  parse: (raw) => ({
    ...policyInput(raw),
    PolicyDocument: text(membersOf(raw), 'PolicyDocument'),
    SetAsDefault: membersOf(raw).flag('SetAsDefault') ?? false,
  }),
  access: (row) => [policyAccess(row, 'CreatePolicyVersion')],
  handle: async ({ PolicyArn, PolicyDocument, SetAsDefault }, _call, { identities, now }) => {
    checkManagedPolicy(PolicyDocument);
    const created = now();
    const policy = await identities.changePolicy(PolicyArn, (before) => {
      if (before.versions.length >= VERSIONS_PER_POLICY) throw tooManyVersions();
      const lastVersion = before.lastVersion + 1;
      const id = `v${lastVersion}`;
      return {
        ...before,
        lastVersion,
        versions: [...before.versions, { id, document: PolicyDocument, created }],
        defaultVersion: SetAsDefault ? id : before.defaultVersion,
        updated: created,
      };
    });
    return { PolicyVersion: versionOutput(policy, neededVersion(policy, `v${policy.lastVersion}`)) };
  },
});
