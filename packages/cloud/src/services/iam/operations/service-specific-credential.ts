import { randomBytes } from 'node:crypto';
import { randomId } from '../../../core/random-id.js';
import { noSuchEntity, type ServiceCredentialRecord, type UserRecord } from '../../../iam/identity-record.js';
import { type IamKeys, type IamRow, onEntity } from '../access.js';
import { callingUser } from '../calling-user.js';
import { USER } from '../entity-kind.js';
import { limitExceeded, NAME_64, STATUS } from '../limits.js';
import { type IamState, iamOperation } from '../service-state.js';

/** The services that sign nothing and so need credentials of their own ("CreateServiceSpecificCredential"). */
const SERVICES = ['cassandra.amazonaws.com', 'codecommit.amazonaws.com'];
const PER_SERVICE = 2;
const CREDENTIAL_ID = { min: 20, max: 128, pattern: /[\w]+/ };

interface CredentialInput {
  readonly UserName?: string | undefined;
  readonly ServiceSpecificCredentialId?: string;
  readonly ServiceName?: string | undefined;
}

/** The key of the service: the one that is asked for, or that of the credential that is meant. */
const serviceKey: IamKeys<CredentialInput> = {
  'iam:ServiceSpecificCredentialServiceName': async ({ input, call, state }) =>
    input.ServiceName ?? (await findCredential(input, call.account, callingUser(input.UserName, call), state))?.service,
};

async function findCredential(
  { ServiceSpecificCredentialId }: CredentialInput,
  account: string,
  userName: string,
  { identities }: IamState,
): Promise<ServiceCredentialRecord | undefined> {
  const user = await identities.users.find(account, userName);
  return user?.serviceCredentials.find(({ id }) => id === ServiceSpecificCredentialId);
}

/** Access to the user whose credentials these are: the one named, else the caller. */
const onUser = <Input extends CredentialInput>(
  row: IamRow<Input>,
  action: string,
  keys: IamKeys<NoInfer<Input>> = {},
) => onEntity(row, USER, action, ({ UserName }, call) => callingUser(UserName, call), keys);

/** @throws AwsError NoSuchEntity */
function checkService(name: string | undefined): void {
  if (name !== undefined && !SERVICES.includes(name)) {
    throw noSuchEntity(`No such service ${name} is supported for Service Specific Credentials`);
  }
}

/** The user with its credential changed. @throws AwsError NoSuchEntity */
function withCredential(
  user: UserRecord,
  id: string,
  change: (credential: ServiceCredentialRecord) => readonly ServiceCredentialRecord[],
): UserRecord {
  if (!user.serviceCredentials.some((each) => each.id === id)) throw noSuchEntity(`No such credential ${id} exists`);
  return {
    ...user,
    serviceCredentials: user.serviceCredentials.flatMap((each) => (each.id === id ? change(each) : each)),
  };
}

function credentialOutput(user: UserRecord, { id, service, status, created }: ServiceCredentialRecord) {
  return {
    UserName: user.name,
    Status: status,
    ServiceUserName: `${user.name}-at-${user.arn.split(':')[4]}`,
    CreateDate: new Date(created),
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  };
}

/** No service takes the password here, so it is shown once and not kept. */
const newPassword = (): string => randomBytes(33).toString('base64');

const createServiceSpecificCredential = iamOperation({
  name: 'CreateServiceSpecificCredential',
  limits: { UserName: NAME_64 },
  access: (row) => [
    onUser(row, 'CreateServiceSpecificCredential', {
      ...serviceKey,
      'iam:ServiceSpecificCredentialAgeDays': ({ input }) => input.CredentialAgeDays?.toString(),
    }),
  ],
  handle: async ({ UserName, ServiceName }, call, { identities, now }) => {
    const id = `ACCA${randomId.upper(17)}`;
    const credential = { id, service: ServiceName, status: 'Active', created: now() } as const;
    const user = await identities.users.change(call.account, callingUser(UserName, call), (before) => {
      checkService(ServiceName);
      if (before.serviceCredentials.filter(({ service }) => service === ServiceName).length >= PER_SERVICE) {
        throw limitExceeded(`Cannot exceed quota for ServiceSpecificCredentialsPerUser: ${PER_SERVICE}`);
      }
      return { ...before, serviceCredentials: [...before.serviceCredentials, credential] };
    });
    return { ServiceSpecificCredential: { ...credentialOutput(user, credential), ServicePassword: newPassword() } };
  },
});

const listServiceSpecificCredentials = iamOperation({
  name: 'ListServiceSpecificCredentials',
  limits: { UserName: NAME_64 },
  access: (row) => [onUser(row, 'ListServiceSpecificCredentials')],
  handle: async ({ UserName, ServiceName }, call, { identities }) => {
    const user = await identities.users.get(call.account, callingUser(UserName, call));
    checkService(ServiceName);
    const found = user.serviceCredentials.filter(({ service }) => (ServiceName ?? service) === service);
    return { ServiceSpecificCredentials: found.map((each) => credentialOutput(user, each)) };
  },
});

const updateServiceSpecificCredential = iamOperation({
  name: 'UpdateServiceSpecificCredential',
  limits: { UserName: NAME_64, ServiceSpecificCredentialId: CREDENTIAL_ID, Status: STATUS },
  access: (row) => [onUser(row, 'UpdateServiceSpecificCredential', serviceKey)],
  handle: async ({ UserName, ServiceSpecificCredentialId, Status }, call, { identities }) => {
    const status = Status === 'Inactive' ? 'Inactive' : 'Active';
    await identities.users.change(call.account, callingUser(UserName, call), (user) =>
      withCredential(user, ServiceSpecificCredentialId, (each) => [{ ...each, status }]),
    );
  },
});

const resetServiceSpecificCredential = iamOperation({
  name: 'ResetServiceSpecificCredential',
  limits: { UserName: NAME_64, ServiceSpecificCredentialId: CREDENTIAL_ID },
  access: (row) => [onUser(row, 'ResetServiceSpecificCredential', serviceKey)],
  handle: async ({ UserName, ServiceSpecificCredentialId: id }, call, { identities }) => {
    const user = await identities.users.get(call.account, callingUser(UserName, call));
    const credential = user.serviceCredentials.find((each) => each.id === id);
    if (!credential) throw noSuchEntity(`No such credential ${id} exists`);
    return { ServiceSpecificCredential: { ...credentialOutput(user, credential), ServicePassword: newPassword() } };
  },
});

const deleteServiceSpecificCredential = iamOperation({
  name: 'DeleteServiceSpecificCredential',
  limits: { UserName: NAME_64, ServiceSpecificCredentialId: CREDENTIAL_ID },
  access: (row) => [onUser(row, 'DeleteServiceSpecificCredential', serviceKey)],
  handle: async ({ UserName, ServiceSpecificCredentialId }, call, { identities }) => {
    await identities.users.change(call.account, callingUser(UserName, call), (user) =>
      withCredential(user, ServiceSpecificCredentialId, () => []),
    );
  },
});

export const serviceSpecificCredentialOperations = [
  createServiceSpecificCredential,
  listServiceSpecificCredentials,
  updateServiceSpecificCredential,
  resetServiceSpecificCredential,
  deleteServiceSpecificCredential,
];
