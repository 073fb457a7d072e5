import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import { noSuchEntity, type RoleRecord } from '../../../iam/identity-record.js';
import { onEntity } from '../access.js';
import { ROLE } from '../entity-kind.js';
import { NAME_64 } from '../limits.js';
import { createdRole } from '../output.js';
import { serviceLinkedRoleOf } from '../service-linked-roles.js';
import { iamOperation } from '../service-state.js';

const TASK = /^task\/aws-service-role\/[^/]+\/([^/]+)\/[0-9a-f-]+$/;

function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}

/** @throws AwsError InvalidInput for a service without such a role, or whose role takes no suffix */
function parse({
  AWSServiceName,
  CustomSuffix,
  Description,
}: {
  readonly AWSServiceName: string;
  readonly CustomSuffix?: string | undefined;
  readonly Description?: string | undefined;
}) {
  const template = serviceLinkedRoleOf(AWSServiceName);
  if (!template) throw invalidInput(`The local cloud does not know the service-linked role of ${AWSServiceName}`);
  if (CustomSuffix !== undefined && !template.takesSuffix) {
    throw invalidInput(`Custom suffix is not allowed for ${AWSServiceName}`);
  }
  const name = CustomSuffix === undefined ? template.name : `${template.name}_${CustomSuffix}`;
  return { AWSServiceName, Description, name, policy: template.policy };
}

const createServiceLinkedRole = iamOperation({
  name: 'CreateServiceLinkedRole',
  limits: { AWSServiceName: { min: 1, max: 128 }, CustomSuffix: { min: 1, max: 64 }, Description: { max: 1000 } },
  parse,
  access: (row) => [
    onEntity(row, ROLE, 'CreateServiceLinkedRole', ({ name }) => name, {
      'iam:AWSServiceName': ({ input }) => input.AWSServiceName,
    }),
  ],
  handle: async ({ AWSServiceName, Description, name, policy }, { account }, { identities, now }) => {
    const path = `/aws-service-role/${AWSServiceName}/`;
    const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: AWSServiceName } };
    const role: RoleRecord = {
      name,
      path,
      id: `AROA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${account}:role${path}${name}`,
      created: now(),
      description: Description,
      maxSessionDuration: 3600,
      trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      inlinePolicies: {},
      attachedPolicies: [`arn:aws:iam::aws:policy/aws-service-role/${policy}`],
      permissionsBoundary: undefined,
      tags: [],
    };
    try {
      await identities.roles.add(account, role);
    } catch (error) {
      if (!failedWith(error, 'EntityAlreadyExists')) throw error;
      throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`);
    }
    return { Role: createdRole(role) };
  },
});

/** The role goes at once; the task is the name under which the deletion can be asked for. */
const deleteServiceLinkedRole = iamOperation({
  name: 'DeleteServiceLinkedRole',
  limits: { RoleName: NAME_64 },
  access: (row) => [onEntity(row, ROLE, 'DeleteServiceLinkedRole', ({ RoleName }) => RoleName)],
  handle: async ({ RoleName }, { account }, { identities }) => {
    const { path } = await identities.roles.get(account, RoleName);
    if (!path.startsWith('/aws-service-role/')) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    await identities.roles.remove(account, RoleName);
    return { DeletionTaskId: `task${path}${RoleName}/${randomId.uuid()}` };
  },
});

const getServiceLinkedRoleDeletionStatus = iamOperation({
  name: 'GetServiceLinkedRoleDeletionStatus',
  parse: ({ DeletionTaskId }) => {
    const name = TASK.exec(DeletionTaskId)?.[1];
    if (name === undefined) throw noSuchEntity(`The deletion task with id ${DeletionTaskId} cannot be found.`);
    return { name };
  },
  access: (row) => [onEntity(row, ROLE, 'GetServiceLinkedRoleDeletionStatus', ({ name }) => name)],
  handle: () => ({ Status: 'SUCCEEDED' as const }),
});

export const serviceLinkedRoleOperations = [
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getServiceLinkedRoleDeletionStatus,
];
