import type * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A role that is granted to by a policy of this stack. A grant to the role itself would go where the role is, and a
 * role of another stack would then need that stack to know this one's resources: a circle.
 */
export function grantedBy(policy: iam.Policy, role: iam.IRole): iam.IPrincipal {
  const principal: iam.IPrincipal = {
    get grantPrincipal() {
      return principal;
    },
    assumeRoleAction: role.assumeRoleAction,
    policyFragment: role.policyFragment,
    ...(role.principalAccount === undefined ? {} : { principalAccount: role.principalAccount }),
    addToPrincipalPolicy(statement) {
      policy.addStatements(statement);
      return { statementAdded: true, policyDependable: policy };
    },
  };
  return principal;
}
