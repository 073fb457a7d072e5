import type { Operation } from '../../../core/operation.js';
import type { CognitoState } from '../service-state.js';
import {
  adminConfirmSignUp,
  adminDeleteUser,
  adminDeleteUserAttributes,
  adminDisableUser,
  adminEnableUser,
  adminGetUser,
  adminUpdateUserAttributes,
  adminUserGlobalSignOut,
} from './admin-user-state.js';
import { adminCreateUser, adminResetUserPassword, adminSetUserPassword } from './admin-users.js';
import {
  adminInitiateAuth,
  adminRespondToAuthChallenge,
  initiateAuth,
  respondToAuthChallenge,
} from './authentication.js';
import { createUserPoolDomain, deleteUserPoolDomain, describeUserPoolDomain, updateUserPoolDomain } from './domains.js';
import { confirmForgotPassword, forgotPassword } from './forgot-password.js';
import {
  adminAddUserToGroup,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  listUsersInGroup,
  updateGroup,
} from './groups.js';
import { issuerKeys } from './issuer-keys.js';
import { listUsers } from './list-users.js';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from './mfa-config.js';
import {
  changePassword,
  deleteUser,
  deleteUserAttributes,
  getUser,
  getUserAttributeVerificationCode,
  globalSignOut,
  updateUserAttributes,
  verifyUserAttribute,
} from './own-account.js';
import {
  createResourceServer,
  deleteResourceServer,
  describeResourceServer,
  listResourceServers,
  updateResourceServer,
} from './resource-servers.js';
import { revokeToken } from './revoke-token.js';
import { confirmSignUp, resendConfirmationCode, signUp } from './sign-up.js';
import { poolTags } from './tagging.js';
import {
  createUserPoolClient,
  deleteUserPoolClient,
  describeUserPoolClient,
  listUserPoolClients,
  updateUserPoolClient,
} from './user-pool-clients.js';
import {
  addCustomAttributes,
  createUserPool,
  deleteUserPool,
  describeUserPool,
  listUserPools,
  updateUserPool,
} from './user-pools.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<CognitoState, any, any>[] = [
  addCustomAttributes,
  adminAddUserToGroup,
  adminConfirmSignUp,
  adminCreateUser,
  adminDeleteUser,
  adminDeleteUserAttributes,
  adminDisableUser,
  adminEnableUser,
  adminGetUser,
  adminInitiateAuth,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  adminResetUserPassword,
  adminRespondToAuthChallenge,
  adminSetUserPassword,
  adminUpdateUserAttributes,
  adminUserGlobalSignOut,
  changePassword,
  confirmForgotPassword,
  confirmSignUp,
  createGroup,
  createResourceServer,
  createUserPool,
  createUserPoolClient,
  createUserPoolDomain,
  deleteGroup,
  deleteResourceServer,
  deleteUser,
  deleteUserAttributes,
  deleteUserPool,
  deleteUserPoolClient,
  deleteUserPoolDomain,
  describeResourceServer,
  describeUserPool,
  describeUserPoolClient,
  describeUserPoolDomain,
  forgotPassword,
  getGroup,
  getUser,
  getUserAttributeVerificationCode,
  getUserPoolMfaConfig,
  globalSignOut,
  initiateAuth,
  issuerKeys,
  listGroups,
  listResourceServers,
  listUserPoolClients,
  listUserPools,
  listUsers,
  listUsersInGroup,
  resendConfirmationCode,
  respondToAuthChallenge,
  revokeToken,
  setUserPoolMfaConfig,
  signUp,
  updateGroup,
  updateResourceServer,
  updateUserAttributes,
  updateUserPool,
  updateUserPoolClient,
  updateUserPoolDomain,
  verifyUserAttribute,
  ...poolTags,
];
