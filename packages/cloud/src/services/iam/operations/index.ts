import { accessKeyOperations } from './access-key.js';
import { attachedPolicyOperationsOfAll } from './attached-policy.js';
import { groupOperations } from './group.js';
import { inlinePolicyOperationsOfAll } from './inline-policy.js';
import { instanceProfileOperations } from './instance-profile.js';
import { loginProfileOperations } from './login-profile.js';
import { boundaryOperationsOfAll } from './permissions-boundary.js';
import { policyOperations } from './policy.js';
import { policyVersionOperations } from './policy-version.js';
import { roleOperations } from './role.js';
import { serviceLinkedRoleOperations } from './service-linked-role.js';
import { serviceSpecificCredentialOperations } from './service-specific-credential.js';
import { taggingOperations } from './tagging.js';
import { userOperations } from './user.js';

/** The operations of IAM. */
export const operations = [
  ...roleOperations,
  ...userOperations,
  ...groupOperations,
  ...accessKeyOperations,
  ...loginProfileOperations,
  ...instanceProfileOperations,
  ...inlinePolicyOperationsOfAll,
  ...attachedPolicyOperationsOfAll,
  ...boundaryOperationsOfAll,
  ...policyOperations,
  ...policyVersionOperations,
  ...serviceLinkedRoleOperations,
  ...serviceSpecificCredentialOperations,
  ...taggingOperations,
];
