import type { AnyResourceType } from '../../../core/resource-type.js';
import { accessKey } from './access-key.js';
import { group } from './group.js';
import { groupPolicy, rolePolicy, userPolicy } from './identity-policy.js';
import { instanceProfile } from './instance-profile.js';
import { managedPolicy } from './managed-policy.js';
import { policy } from './policy.js';
import { role } from './role.js';
import { serviceLinkedRole } from './service-linked-role.js';
import { user } from './user.js';
import { userToGroupAddition } from './user-to-group-addition.js';

/** The CloudFormation types of IAM. */
export const resourceTypes: readonly AnyResourceType[] = [
  accessKey,
  group,
  groupPolicy,
  instanceProfile,
  managedPolicy,
  policy,
  role,
  rolePolicy,
  serviceLinkedRole,
  user,
  userPolicy,
  userToGroupAddition,
];
