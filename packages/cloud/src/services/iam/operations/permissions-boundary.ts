import { type BoundedRecord, noSuchEntity } from '../../../iam/identity-record.js';
import { byName } from '../../../model/operation.js';
import { boundaryKey, onEntity } from '../access.js';
import { type IdentityKind, ROLE, USER } from '../entity-kind.js';
import { NAME_64 } from '../limits.js';
import { checkBoundary } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';

const operation = byName(iamOperation);

/** The operations on the boundary of one kind of identity: `PutRolePermissionsBoundary` and its like. */
function boundaryOperations<Record extends BoundedRecord>(kind: IdentityKind<Record>) {
  const { type, noun, member, table } = kind;
  const nameOf = ({ name }: { readonly name: string }) => name;
  const put = operation({
    name: `Put${noun}PermissionsBoundary`,
    limits: { [member]: NAME_64 },
    parse: ({ [member]: name, PermissionsBoundary }) => ({
      name: String(name),
      boundary: String(PermissionsBoundary),
    }),
    access: (row) => [
      onEntity(row, kind, `Put${noun}PermissionsBoundary`, nameOf, boundaryKey, ({ boundary }) => boundary),
    ],
    handle: async ({ name, boundary }, { account }, { identities }) => {
      await checkBoundary(identities, boundary);
      await table(identities).change(account, name, (record) => ({ ...record, permissionsBoundary: boundary }));
    },
  });
  const remove = operation({
    name: `Delete${noun}PermissionsBoundary`,
    limits: { [member]: NAME_64 },
    parse: ({ [member]: name }) => ({ name: String(name) }),
    access: (row) => [onEntity(row, kind, `Delete${noun}PermissionsBoundary`, nameOf, boundaryKey)],
    handle: async ({ name }, { account }, { identities }) => {
      await table(identities).change(account, name, (record) => {
        if (record.permissionsBoundary === undefined) {
          throw noSuchEntity(`The ${type} ${name} does not have a permissions boundary.`);
        }
        return { ...record, permissionsBoundary: undefined };
      });
    },
  });
  return [put, remove];
}

export const boundaryOperationsOfAll = [...boundaryOperations(ROLE), ...boundaryOperations(USER)];
