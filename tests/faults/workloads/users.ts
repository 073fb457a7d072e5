import {
  AdminConfirmSignUpCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { Workload } from '../workload.js';

const Password = 'Sesame-0pen';

/** Users who sign up and are confirmed; those who were told so sign in afterwards. */
export function users(): Workload {
  const signedUp: string[] = [];
  const confirmed: string[] = [];
  let UserPoolId: string | undefined;
  let ClientId: string | undefined;
  let number = 0;
  const flows = ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_ADMIN_USER_PASSWORD_AUTH' as const];
  return {
    name: 'users',
    prepare: async (target) => {
      const client = new CognitoIdentityProviderClient(target);
      const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'people' }));
      UserPoolId = UserPool?.Id;
      const { UserPoolClient } = await client.send(
        new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ExplicitAuthFlows: flows }),
      );
      ClientId = UserPoolClient?.ClientId;
    },
    work: async (target, acknowledged) => {
      const client = new CognitoIdentityProviderClient(target);
      const Username = `user-${++number}`;
      await client.send(new SignUpCommand({ ClientId, Username, Password }));
      signedUp.push(Username);
      acknowledged();
      await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }));
      confirmed.push(Username);
      acknowledged();
    },
    verify: async (target) => {
      const client = new CognitoIdentityProviderClient(target);
      for (const USERNAME of confirmed.splice(0)) {
        const AuthParameters = { USERNAME, PASSWORD: Password };
        const AuthFlow = 'ADMIN_USER_PASSWORD_AUTH';
        await client.send(new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters }));
        signedUp.splice(signedUp.indexOf(USERNAME), 1);
      }
      // Who signed up and was not told of the confirmation is there, whether it happened or not.
      for (const USERNAME of signedUp.splice(0)) {
        const AuthParameters = { USERNAME, PASSWORD: 'wrong' };
        const signIn = client.send(
          new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
        );
        await expect(signIn).rejects.toThrow('Incorrect username or password.');
      }
    },
  };
}
