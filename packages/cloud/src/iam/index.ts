/** IAM's decisions for the rest of the cloud: who may do what, and the roles that sessions are made of. */
export { type AuthorizerOptions, createAuthorizer } from './authorizer.js';
export { type Identities, identitiesIn } from './identities.js';
export type { RoleRecord } from './identity-record.js';
export { type PassedRole, passRole } from './pass-role.js';
export { type PolicyKind, parsePolicy } from './policy-document.js';
export { createPolicyReview } from './policy-review.js';
