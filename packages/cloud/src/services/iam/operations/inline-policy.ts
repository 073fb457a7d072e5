import { type IdentityRecord, noSuchEntity } from '../../../iam/identity-record.js';
import { parsePolicy } from '../../../iam/policy-document.js';
import { byName } from '../../../model/operation.js';
import { boundaryKey, onEntity } from '../access.js';
import { GROUP, type IdentityKind, isBounded, ROLE, USER } from '../entity-kind.js';
import { checkInlinePolicies, NAME_64, NAME_128, PAGE } from '../limits.js';
import { encodedDocument } from '../output.js';
import { iamPage } from '../page.js';
import { iamOperation } from '../service-state.js';

export interface InlinePolicyInput {
  readonly name: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

const operation = byName(iamOperation);

/** The operations on the inline policies of one kind of identity: `PutRolePolicy` and its like. */
function inlinePolicyOperations<Record extends IdentityRecord>(kind: IdentityKind<Record>) {
  const { type, noun, member, inlineLimit, table } = kind;
  const limits = { [member]: kind.longestName === 64 ? NAME_64 : NAME_128, PolicyName: NAME_128 };
  const keys = isBounded(kind) ? boundaryKey : {};
  const nameOf = ({ name }: { readonly name: string }) => name;
  const parse = (input: object): InlinePolicyInput => {
    // The model has checked that all of them are there and are text.
    const { [member]: name, PolicyName, PolicyDocument } = input as { readonly [name: string]: string };
    return { name: String(name), PolicyName: String(PolicyName), PolicyDocument: String(PolicyDocument) };
  };
  const missing = (policy: string) => noSuchEntity(`The ${type} policy with name ${policy} cannot be found.`);
  const put = operation({
    name: `Put${noun}Policy`,
    limits,
    parse,
    access: (row) => [onEntity(row, kind, `Put${noun}Policy`, nameOf, keys)],
    handle: async ({ name, PolicyName, PolicyDocument }, { account }, { identities }) => {
      parsePolicy(PolicyDocument, 'identity');
      await table(identities).change(account, name, (record) => {
        const inlinePolicies = { ...record.inlinePolicies, [PolicyName]: PolicyDocument };
        checkInlinePolicies(`${type} ${name}`, inlineLimit, Object.values(inlinePolicies));
        return { ...record, inlinePolicies };
      });
    },
  });
  const get = operation({
    name: `Get${noun}Policy`,
    limits,
    parse,
    access: (row) => [onEntity(row, kind, `Get${noun}Policy`, nameOf)],
    handle: async ({ name, PolicyName }, { account }, { identities }) => {
      const { inlinePolicies } = await table(identities).get(account, name);
      const document = Object.hasOwn(inlinePolicies, PolicyName) ? inlinePolicies[PolicyName] : undefined;
      if (document === undefined) throw missing(PolicyName);
      return { [member]: name, PolicyName, PolicyDocument: encodedDocument(document) };
    },
  });
  const remove = operation({
    name: `Delete${noun}Policy`,
    limits,
    parse,
    access: (row) => [onEntity(row, kind, `Delete${noun}Policy`, nameOf, keys)],
    handle: async ({ name, PolicyName }, { account }, { identities }) => {
      await table(identities).change(account, name, (record) => {
        const { [PolicyName]: removed, ...inlinePolicies } = record.inlinePolicies;
        if (removed === undefined) throw missing(PolicyName);
        return { ...record, inlinePolicies };
      });
    },
  });
  const list = operation({
    name: `List${noun}Policies`,
    limits: { [member]: limits[member], ...PAGE },
    parse: ({ [member]: name, ...page }) => ({ name: String(name), page }),
    access: (row) => [onEntity(row, kind, `List${noun}Policies`, nameOf)],
    handle: async ({ name, page }, { account }, { identities }) => {
      const names = Object.keys((await table(identities).get(account, name)).inlinePolicies);
      const of = [`List${noun}Policies`, name];
      const { items, ...more } = await iamPage(names, page, (policy) => policy, of);
      return { PolicyNames: items, ...more };
    },
  });
  return [put, get, remove, list];
}

export const inlinePolicyOperationsOfAll = [
  ...inlinePolicyOperations(ROLE),
  ...inlinePolicyOperations(USER),
  ...inlinePolicyOperations(GROUP),
];
