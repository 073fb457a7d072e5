import type * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A role whose grants go to a policy of this stack. A grant to the role itself would go to the role's stack, and that
 * stack would then depend on this stack's resources: a circular dependency.
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
