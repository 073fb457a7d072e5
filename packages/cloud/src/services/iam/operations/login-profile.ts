import { AwsError } from '../../../core/aws-error.js';
import { noSuchEntity, type UserRecord } from '../../../iam/identity-record.js';
import { type IamRow, onEntity } from '../access.js';
import { callingUser } from '../calling-user.js';
import { USER } from '../entity-kind.js';
import { NAME_64 } from '../limits.js';
import { iamOperation } from '../service-state.js';

const PASSWORD = { min: 1, max: 128 };

/** Access to the user whose profile this is: the one named, else the caller. */
const onUser = <Input extends { readonly UserName?: string | undefined }>(row: IamRow<Input>, action: string) =>
  onEntity(row, USER, action, ({ UserName }, call) => callingUser(UserName, call));

/** @throws AwsError NoSuchEntity */
function loginProfileOf({ name, loginProfile }: UserRecord) {
  if (!loginProfile) throw noSuchEntity(`Login Profile for User ${name} cannot be found.`);
  return loginProfile;
}

function profileOutput(user: UserRecord) {
  const { created, passwordResetRequired } = loginProfileOf(user);
  return { UserName: user.name, CreateDate: new Date(created), PasswordResetRequired: passwordResetRequired };
}

const createLoginProfile = iamOperation({
  name: 'CreateLoginProfile',
  limits: { UserName: NAME_64, Password: PASSWORD },
  access: (row) => [onUser(row, 'CreateLoginProfile')],
  handle: async ({ UserName, PasswordResetRequired = false }, call, { identities, now }) => {
    const user = await identities.users.change(call.account, callingUser(UserName, call), (before) => {
      if (before.loginProfile) {
        throw new AwsError('EntityAlreadyExists', `Login Profile for user ${before.name} already exists.`, 409);
      }
      return { ...before, loginProfile: { created: now(), passwordResetRequired: PasswordResetRequired } };
    });
    return { LoginProfile: profileOutput(user) };
  },
});

const getLoginProfile = iamOperation({
  name: 'GetLoginProfile',
  limits: { UserName: NAME_64 },
  access: (row) => [onUser(row, 'GetLoginProfile')],
  handle: async ({ UserName }, call, { identities }) => ({
    LoginProfile: profileOutput(await identities.users.get(call.account, callingUser(UserName, call))),
  }),
});

const updateLoginProfile = iamOperation({
  name: 'UpdateLoginProfile',
  limits: { UserName: NAME_64, Password: PASSWORD },
  access: (row) => [onUser(row, 'UpdateLoginProfile')],
  handle: async ({ UserName, PasswordResetRequired }, { account }, { identities }) => {
    await identities.users.change(account, UserName, (user) => {
      const { created, passwordResetRequired } = loginProfileOf(user);
      const loginProfile = { created, passwordResetRequired: PasswordResetRequired ?? passwordResetRequired };
      return { ...user, loginProfile };
    });
  },
});

const deleteLoginProfile = iamOperation({
  name: 'DeleteLoginProfile',
  limits: { UserName: NAME_64 },
  access: (row) => [onUser(row, 'DeleteLoginProfile')],
  handle: async ({ UserName }, call, { identities }) => {
    await identities.users.change(call.account, callingUser(UserName, call), (user) => {
      loginProfileOf(user);
      return { ...user, loginProfile: undefined };
    });
  },
});

export const loginProfileOperations = [createLoginProfile, getLoginProfile, updateLoginProfile, deleteLoginProfile];
