import { createHmac } from 'node:crypto';
import {
  AdminInitiateAuthCommand,
  type AuthFlowType,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { CliError } from '../cli-error.js';
import { targetPlace } from '../cloud/aws-target.js';
import { challenged, notInAccount } from '../errors/aws.js';
import { passwordNeeded, severalPools } from '../errors/option.js';
import type { AwsAccess } from './aws-access.js';

export interface TokenRequest {
  readonly username: string;
  /** Id or name. */
  readonly pool: string | undefined;
  /** Id or name. */
  readonly client: string | undefined;
  readonly password: string | undefined;
}

export interface UserTokens {
  readonly pool: string;
  readonly client: string;
  readonly idToken: string;
  readonly accessToken: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The flow by which a local cloud gives the tokens of a user to who may sign users in. AWS has none like it. */
const LOCAL_FLOW = 'GOBLET_TOKEN';

const PAGE = 60;

async function poolsOf(client: CognitoIdentityProviderClient): Promise<Named[]> {
  const pools: Named[] = [];
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: PAGE })) {
    for (const { Id: id = '', Name: name = '' } of UserPools) pools.push({ id, name });
  }
  return pools;
}

async function clientsOf(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<Named[]> {
  const clients: Named[] = [];
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
    { client },
    { UserPoolId, MaxResults: PAGE },
  )) {
    for (const { ClientId: id = '', ClientName: name = '' } of UserPoolClients) clients.push({ id, name });
  }
  return clients.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const listed = (all: readonly Named[]): string[] => all.map(({ id, name }) => `${name} (${id})`);

/** @throws CliError GOBLET_CLI_NOT_DEPLOYED, GOBLET_CLI_OPTION where several have the name */
function chosen(what: string, all: readonly Named[], wanted: string | undefined, where: string): readonly Named[] {
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 0) return found;
  throw new CliError(notInAccount(wanted === undefined ? what : `${what} ${wanted}`, where, listed(all)));
}

/** The secret hash of a client that has a secret ("Computing secret hash values", Amazon Cognito developer guide). */
async function secretHash(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  ClientId: string,
  username: string,
): Promise<{ readonly SECRET_HASH?: string }> {
  const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const secret = UserPoolClient?.ClientSecret;
  if (secret === undefined) return {};
  return {
    SECRET_HASH: createHmac('sha256', secret)
      .update(username + ClientId)
      .digest('base64'),
  };
}

/**
 * The tokens of a user.
 *
 * @throws CliError GOBLET_CLI_OPTION where the pool is not clear, or AWS would need the password;
 * GOBLET_CLI_NOT_DEPLOYED where there is no such pool or client; GOBLET_CLI_AWS where a further challenge is to be met
 */
export async function userTokens(access: AwsAccess, request: TokenRequest): Promise<UserTokens> {
  const where = targetPlace(access.target);
  const { username, password } = request;
  if (password === undefined && access.target.kind !== 'cloud') throw new CliError(passwordNeeded(where));
  const cognito = new CognitoIdentityProviderClient(access.config);
  try {
    const [pool, ...others] = chosen('user pool', await poolsOf(cognito), request.pool, where);
    if (pool === undefined || others.length > 0)
      throw new CliError(severalPools(where, listed([...(pool ? [pool] : []), ...others])));
    const clients = await clientsOf(cognito, pool.id);
    const [client] = chosen(`client of the user pool ${pool.name}`, clients, request.client, where);
    const ClientId = client?.id ?? '';
    const { AuthenticationResult, ChallengeName } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.id,
        ClientId,
        AuthFlow: password === undefined ? (LOCAL_FLOW as AuthFlowType) : 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: username,
          ...(password !== undefined && {
            PASSWORD: password,
            ...(await secretHash(cognito, pool.id, ClientId, username)),
          }),
        },
      }),
    );
    const { IdToken, AccessToken } = AuthenticationResult ?? {};
    if (IdToken === undefined || AccessToken === undefined) throw new CliError(challenged(username, ChallengeName));
    return { pool: pool.id, client: ClientId, idToken: IdToken, accessToken: AccessToken };
  } finally {
    cognito.destroy();
  }
}
