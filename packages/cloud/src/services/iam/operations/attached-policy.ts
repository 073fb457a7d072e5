import { type IdentityRecord, noSuchEntity, noSuchPolicy, parseIamArn } from '../../../iam/identity-record.js';
import { byName } from '../../../model/operation.js';
import { boundaryKey, onEntity, policyArnKey } from '../access.js';
import { GROUP, type IdentityKind, isBounded, ROLE, USER } from '../entity-kind.js';
import { checkAttachments, NAME_64, NAME_128, PAGE, PATH_PREFIX } from '../limits.js';
import { iamPage } from '../page.js';
import { withPolicyArn } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';

const operation = byName(iamOperation);

/** The operations on the managed policies of one kind of identity: `AttachRolePolicy` and its like. */
function attachedPolicyOperations<Record extends IdentityRecord>(kind: IdentityKind<Record>) {
  const { noun, member, table } = kind;
  const named = { [member]: kind.longestName === 64 ? NAME_64 : NAME_128 };
  const keys = { ...(isBounded(kind) && boundaryKey), ...policyArnKey };
  const nameOf = ({ name }: { readonly name: string }) => name;
  const parse = ({ [member]: name, PolicyArn }: { readonly [name: string]: unknown }) =>
    withPolicyArn({ name: String(name), PolicyArn: String(PolicyArn) });
  const attach = operation({
    name: `Attach${noun}Policy`,
    limits: named,
    parse,
    access: (row) => [onEntity(row, kind, `Attach${noun}Policy`, nameOf, keys)],
    handle: async ({ name, PolicyArn }, { account }, { identities }) => {
      const owner = parseIamArn(PolicyArn)?.account;
      const attachable = owner === account || owner === 'aws';
      if (!attachable || !(await identities.policy(PolicyArn))) throw noSuchPolicy(PolicyArn);
      await table(identities).change(account, name, (record) => {
        const attachedPolicies = [...new Set([...record.attachedPolicies, PolicyArn])];
        checkAttachments(noun, attachedPolicies.length);
        return { ...record, attachedPolicies };
      });
    },
  });
  const detach = operation({
    name: `Detach${noun}Policy`,
    limits: named,
    parse,
    access: (row) => [onEntity(row, kind, `Detach${noun}Policy`, nameOf, keys)],
    handle: async ({ name, PolicyArn }, { account }, { identities }) => {
      await table(identities).change(account, name, (record) => {
        if (!record.attachedPolicies.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
        return { ...record, attachedPolicies: record.attachedPolicies.filter((arn) => arn !== PolicyArn) };
      });
    },
  });
  const list = operation({
    name: `ListAttached${noun}Policies`,
    limits: { ...named, PathPrefix: PATH_PREFIX, ...PAGE },
    parse: ({ [member]: name, PathPrefix = '/', ...page }) => ({
      name: String(name),
      prefix: String(PathPrefix),
      page,
    }),
    access: (row) => [onEntity(row, kind, `ListAttached${noun}Policies`, nameOf)],
    handle: async ({ name, prefix, page }, { account }, { identities }) => {
      const { attachedPolicies } = await table(identities).get(account, name);
      const found = attachedPolicies.filter((arn) => parseIamArn(arn)?.path.startsWith(prefix));
      const { items, ...more } = await iamPage(found, page, (arn) => arn, [
        `ListAttached${noun}Policies`,
        name,
        prefix,
      ]);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyName: parseIamArn(arn)?.name, PolicyArn: arn })),
        ...more,
      };
    },
  });
  return [attach, detach, list];
}

export const attachedPolicyOperationsOfAll = [
  ...attachedPolicyOperations(ROLE),
  ...attachedPolicyOperations(USER),
  ...attachedPolicyOperations(GROUP),
];
