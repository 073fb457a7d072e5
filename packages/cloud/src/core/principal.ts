/** Who makes a call. What each may do is decided by `iam/`. */
export type Principal =
  /** The developer's own key: the root of an account. */
  | { readonly kind: 'root'; readonly account: string }
  /** A session of an IAM role, limited further by the session policies given to AssumeRole, if any. */
  | {
      readonly kind: 'assumedRole';
      readonly account: string;
      readonly roleName: string;
      readonly roleArn: string;
      readonly roleId: string;
      readonly sessionName: string;
      readonly sessionPolicies?: readonly string[];
      /** Epoch milliseconds at which its credentials were given out. */
      readonly issued?: number;
      /** The function whose execution role it is, where Lambda opened it for one. */
      readonly sourceFunctionArn?: string;
    }
  /** An AWS service acting for a resource, such as `apigateway.amazonaws.com` for one method of an API. */
  | { readonly kind: 'service'; readonly account: string; readonly service: string; readonly sourceArn?: string };

/** The ARN that error messages and GetCallerIdentity name a principal by. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case 'root':
      return `arn:aws:iam::${principal.account}:root`;
    case 'assumedRole':
      return `arn:aws:sts::${principal.account}:assumed-role/${principal.roleName}/${principal.sessionName}`;
    case 'service':
      return principal.service;
  }
}
