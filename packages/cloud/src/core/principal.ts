/** Who makes a call. What each may do is decided by `iam/`. */
export type Principal =
  /** The developer's own key: the root of an account. */
  | { readonly kind: 'root'; readonly account: string }
  /** A user, by an access key of its own or by a session that it asked for. */
  | {
      readonly kind: 'user';
      readonly account: string;
      readonly userName: string;
      readonly userArn: string;
      readonly userId: string;
      /** Epoch milliseconds at which temporary credentials were given out; none for an access key. */
      readonly issued?: number;
    }
  /** A session of an IAM role, limited further by the session policies given to AssumeRole, if any. */
  | {
      readonly kind: 'assumedRole';
      readonly account: string;
      readonly roleName: string;
      readonly roleArn: string;
      readonly roleId: string;
      readonly sessionName: string;
      readonly sessionPolicies?: readonly string[];
      /** The tags given to AssumeRole, and which of them go on to further sessions. */
      readonly sessionTags?: {
        readonly tags: Readonly<Record<string, string>>;
        readonly transitiveKeys: readonly string[];
      };
      /** Epoch milliseconds at which its credentials were given out. */
      readonly issued?: number;
      /** The function whose execution role it is, where Lambda opened it for one. */
      readonly sourceFunctionArn?: string;
    }
  /** An AWS service acting for a resource, such as `apigateway.amazonaws.com` for one method of an API. */
  | { readonly kind: 'service'; readonly account: string; readonly service: string; readonly sourceArn?: string }
  /** Somebody without credentials, who may do what a resource's policy allows everybody. Belongs to no account. */
  | { readonly kind: 'anonymous'; readonly account: 'anonymous' };

export const ANONYMOUS: Principal = { kind: 'anonymous', account: 'anonymous' };

/** The ARN that error messages and GetCallerIdentity name a principal by. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case 'root':
      return `arn:aws:iam::${principal.account}:root`;
    case 'user':
      return principal.userArn;
    case 'assumedRole':
      return `arn:aws:sts::${principal.account}:assumed-role/${principal.roleName}/${principal.sessionName}`;
    case 'service':
      return principal.service;
    case 'anonymous':
      return 'anonymous';
  }
}

/** The unique id of who calls, as GetCallerIdentity's `UserId` and `aws:userid` have it; undefined for services. */
export function principalId(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'root':
      return principal.account;
    case 'user':
      return principal.userId;
    case 'assumedRole':
      return `${principal.roleId}:${principal.sessionName}`;
    case 'service':
      return undefined;
    case 'anonymous':
      return 'anonymous';
  }
}
