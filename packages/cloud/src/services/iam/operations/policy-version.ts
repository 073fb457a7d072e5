import { onPolicy } from '../access.js';
import { checkManagedPolicy, deleteConflict, PAGE, tooManyVersions, VERSIONS_PER_POLICY } from '../limits.js';
import { encodedDocument, versionOutput } from '../output.js';
import { iamPage } from '../page.js';
import { neededPolicy, neededVersion, withPolicyArn } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';

const VERSION_ID = { VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ } };
const policyArn = ({ PolicyArn }: { readonly PolicyArn: string }) => PolicyArn;

const createPolicyVersion = iamOperation({
  name: 'CreatePolicyVersion',
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'CreatePolicyVersion', policyArn)],
  handle: async ({ PolicyArn, PolicyDocument, SetAsDefault = false }, _call, { identities, now }) => {
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

const getPolicyVersion = iamOperation({
  name: 'GetPolicyVersion',
  limits: VERSION_ID,
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'GetPolicyVersion', policyArn)],
  handle: async ({ PolicyArn, VersionId }, _call, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const version = neededVersion(policy, VersionId);
    return { PolicyVersion: { Document: encodedDocument(version.document), ...versionOutput(policy, version) } };
  },
});

const listPolicyVersions = iamOperation({
  name: 'ListPolicyVersions',
  limits: PAGE,
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'ListPolicyVersions', policyArn)],
  handle: async ({ PolicyArn, ...page }, _call, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const newestFirst = new Map(
      policy.versions.toReversed().map((version, i) => [version, String(i).padStart(4, '0')]),
    );
    const keyOf = (version: (typeof policy.versions)[number]) => newestFirst.get(version) ?? '';
    const { items, ...more } = await iamPage(policy.versions, page, keyOf, ['ListPolicyVersions', PolicyArn]);
    return { Versions: items.map((version) => versionOutput(policy, version)), ...more };
  },
});

const setDefaultPolicyVersion = iamOperation({
  name: 'SetDefaultPolicyVersion',
  limits: VERSION_ID,
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'SetDefaultPolicyVersion', policyArn)],
  handle: async ({ PolicyArn, VersionId }, _call, { identities, now }) => {
    await identities.changePolicy(PolicyArn, (policy) => ({
      ...policy,
      defaultVersion: neededVersion(policy, VersionId).id,
      updated: now(),
    }));
  },
});

const deletePolicyVersion = iamOperation({
  name: 'DeletePolicyVersion',
  limits: VERSION_ID,
  parse: withPolicyArn,
  access: (row) => [onPolicy(row, 'DeletePolicyVersion', policyArn)],
  handle: async ({ PolicyArn, VersionId }, _call, { identities, now }) => {
    await identities.changePolicy(PolicyArn, (policy) => {
      const removed = neededVersion(policy, VersionId);
      if (removed.id === policy.defaultVersion) {
        throw deleteConflict('Cannot delete the default version of a policy.');
      }
      return { ...policy, versions: policy.versions.filter((version) => version !== removed), updated: now() };
    });
  },
});

export const policyVersionOperations = [
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  deletePolicyVersion,
];
