import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { GobletError } from './errors.js';
import type { UncheckedNeeds, UserPoolBinding } from './props.js';

type Bindings = NonNullable<UncheckedNeeds['auth']>;

/** @throws GobletError GOBLET_CDK_AUTH_UNBOUND where the authorizer is bound to something else */
export function userPoolOf(authorizer: string, auth: Bindings): cognito.IUserPool {
  const binding = auth[authorizer];
  if (binding !== undefined && 'userPoolArn' in binding) return binding;
  if (binding !== undefined && 'userPool' in binding) return binding.userPool;
  throw new GobletError(
    'GOBLET_CDK_AUTH_UNBOUND',
    `the authorizer ${authorizer} takes a user pool; give auth: { ${authorizer}: userPool }`,
  );
}

/** @throws GobletError GOBLET_CDK_AUTH_UNBOUND without clients: their ids are the audience that an HTTP API checks */
export function userPoolAndClientsOf(authorizer: string, auth: Bindings): UserPoolBinding {
  const binding = auth[authorizer];
  if (binding !== undefined && 'userPool' in binding && binding.userPoolClients.length > 0) return binding;
  throw new GobletError(
    'GOBLET_CDK_AUTH_UNBOUND',
    `an HTTP API accepts the tokens of a user pool's clients; give auth: { ${authorizer}: { userPool, userPoolClients: [client] } }`,
  );
}
