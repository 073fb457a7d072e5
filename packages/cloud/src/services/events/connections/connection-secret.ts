import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import { randomId } from '../../../core/random-id.js';
import type { AuthParameters } from './auth-parameters.js';
import type { ConnectionName } from './connection-name.js';

type Services = Pick<CloudContext, 'dispatch' | 'services'>;

/** A connection's parameters as EventBridge keeps them in Secrets Manager. */
function secretOf({ BasicAuthParameters: basic, ApiKeyAuthParameters: key, OAuthParameters: oauth }: AuthParameters) {
  return {
    ...(basic && { username: basic.Username, password: basic.Password }),
    ...(key && { api_key_name: key.ApiKeyName, api_key_value: key.ApiKeyValue }),
    ...(oauth && {
      client_id: oauth.ClientParameters.ClientID,
      client_secret: oauth.ClientParameters.ClientSecret,
      authorization_endpoint: oauth.AuthorizationEndpoint,
      http_method: oauth.HttpMethod,
    }),
  };
}

/** EventBridge acts for the account itself, under its service-linked role. */
const ownerCall = ({ account, region }: ConnectionName) => internalCall({ account, region }, { kind: 'root', account });

/**
 * Keeps the parameters of a connection in Secrets Manager, where the cloud has it.
 * @returns the ARN of the secret
 */
export async function createSecret(
  { dispatch, services }: Services,
  connection: ConnectionName,
  parameters: AuthParameters,
): Promise<string> {
  const { account, region, name } = connection;
  const Name = `events!connection/${name}/${randomId.uuid()}`;
  if (!services.has('secretsmanager')) {
    return `arn:aws:secretsmanager:${region}:${account}:secret:${Name}-${randomId.lower(6)}`;
  }
  const input = { Name, SecretString: JSON.stringify(secretOf(parameters)) };
  const { ARN = '' } = await dispatch('secretsmanager', 'CreateSecret', input, ownerCall(connection));
  return ARN;
}

export async function updateSecret(
  { dispatch, services }: Services,
  connection: ConnectionName & { readonly secretArn: string },
  parameters: AuthParameters,
): Promise<void> {
  if (!services.has('secretsmanager')) return;
  const input = { SecretId: connection.secretArn, SecretString: JSON.stringify(secretOf(parameters)) };
  await dispatch('secretsmanager', 'PutSecretValue', input, ownerCall(connection));
}

export async function deleteSecret(
  { dispatch, services }: Services,
  connection: ConnectionName & { readonly secretArn: string },
): Promise<void> {
  if (!services.has('secretsmanager')) return;
  const input = { SecretId: connection.secretArn, ForceDeleteWithoutRecovery: true };
  await dispatch('secretsmanager', 'DeleteSecret', input, ownerCall(connection));
}
