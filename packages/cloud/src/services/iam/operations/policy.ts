import { randomId } from '../../../core/random-id.js';
import { AWS_MANAGED_POLICIES } from '../../../iam/aws-managed-policies.js';
import type { PolicyRecord } from '../../../iam/identity-record.js';
import { onList, onNew, onPolicy } from '../access.js';
import { checkManagedPolicy, deleteConflict, NAME_128, PAGE, PATH, PATH_PREFIX, TAGS } from '../limits.js';
import { listedPolicy, policyOutput } from '../output.js';
import { byName, iamPage } from '../page.js';
import { neededPolicy, policyUses, withPolicyArn } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';
import { newTags, tagsOf } from '../tagging.js';

const policyArn = ({ PolicyArn }: { readonly PolicyArn: string }) => PolicyArn;

const createPolicy = iamOperation({
  name: 'CreatePolicy',
  limits: { PolicyName: NAME_128, Path: PATH, Description: { max: 1000 }, Tags: TAGS },
  parse: ({ Path = '/', Tags, ...input }) => ({ ...input, Path, tags: tagsOf(Tags) }),
  access: (row) => onNew(row, 'policy', 'Policy', ({ PolicyName }) => PolicyName),
  handle: async ({ PolicyName, Path, PolicyDocument, Description, tags }, call, { identities, now }) => {
    checkManagedPolicy(PolicyDocument);
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
      tags: newTags(tags, call),
    };
    await identities.policies.add(call.account, policy);
    // A new policy is shown without its description.
    const { Description: _later, ...created_ } = policyOutput(policy, { attachments: 0, boundaries: 0 });
    return { Policy: created_ };
  },
});

const getPolicy = iamOperation({
  name: 'GetPolicy',
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'GetPolicy', policyArn)],
  handle: async ({ PolicyArn }, { account }, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const uses = await policyUses(identities, account);
    return { Policy: policyOutput(policy, uses(PolicyArn)) };
  },
});

const listPolicies = iamOperation({
  name: 'ListPolicies',
  limits: { Scope: { values: ['All', 'AWS', 'Local'] }, PathPrefix: PATH_PREFIX, ...PAGE },
  access: (row) => [onList(row, 'ListPolicies', 'policy')],
  handle: async (
    { PathPrefix = '/', Scope = 'All', OnlyAttached = false, PolicyUsageFilter, ...page },
    { account },
    { identities },
  ) => {
    const uses = await policyUses(identities, account);
    const policies = Scope === 'Local' ? [] : [...AWS_MANAGED_POLICIES.values()];
    if (Scope !== 'AWS') for await (const policy of identities.policies.list(account)) policies.push(policy);
    const wanted = policies.filter(({ path, arn }) => {
      if (!path.startsWith(PathPrefix) || (OnlyAttached && uses(arn).attachments === 0)) return false;
      if (PolicyUsageFilter === 'PermissionsBoundary') return uses(arn).boundaries > 0;
      return PolicyUsageFilter === undefined || uses(arn).attachments > 0;
    });
    const of = ['ListPolicies', PathPrefix, Scope, OnlyAttached, PolicyUsageFilter];
    const { items, ...more } = await iamPage(wanted, page, ({ arn }) => arn, of);
    return { Policies: items.map((policy) => listedPolicy(policy, uses(policy.arn))), ...more };
  },
});

const deletePolicy = iamOperation({
  name: 'DeletePolicy',
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'DeletePolicy', policyArn)],
  handle: ({ PolicyArn }, { account }, { identities }) =>
    identities.removePolicy(PolicyArn, async ({ versions }) => {
      const { attachments, boundaries } = (await policyUses(identities, account))(PolicyArn);
      if (attachments + boundaries > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
      if (versions.length > 1) {
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
    }),
});

/** The identities of one kind that use a policy. */
const listEntitiesForPolicy = iamOperation({
  name: 'ListEntitiesForPolicy',
  limits: { PathPrefix: PATH_PREFIX, ...PAGE },
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'ListEntitiesForPolicy', policyArn)],
  handle: async (input, { account }, { identities }) => {
    const { PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter, ...page } = input;
    await neededPolicy(identities, PolicyArn);
    const isUsed = (record: { attachedPolicies: readonly string[]; permissionsBoundary?: string | undefined }) =>
      PolicyUsageFilter === 'PermissionsBoundary'
        ? record.permissionsBoundary === PolicyArn
        : record.attachedPolicies.includes(PolicyArn);
    const found: { kind: 'Role' | 'User' | 'Group'; name: string; id: string }[] = [];
    const tables = [
      ['Group', identities.groups],
      ['Role', identities.roles],
      ['User', identities.users],
    ] as const;
    for (const [kind, table] of tables) {
      if (EntityFilter !== undefined && EntityFilter !== kind) continue;
      for await (const record of table.list(account)) {
        if (isUsed(record) && record.path.startsWith(PathPrefix)) found.push({ kind, ...record });
      }
    }
    const of = ['ListEntitiesForPolicy', PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter];
    const { items, ...more } = await iamPage(found, page, (each) => `${each.kind}/${byName(each)}`, of);
    const ofKind = (kind: string) => items.filter((each) => each.kind === kind);
    return {
      PolicyGroups: ofKind('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: ofKind('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: ofKind('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...more,
    };
  },
});

export const policyOperations = [createPolicy, getPolicy, listPolicies, deletePolicy, listEntitiesForPolicy];
