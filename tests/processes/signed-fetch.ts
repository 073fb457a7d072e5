import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { AssumeRoleCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A session of a role, for whoever the client configuration is of. */
export async function assumeRole(clientConfig: STSClientConfig, roleArn: string): Promise<Credentials> {
  const sts = new STSClient(clientConfig);
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'caller' }));
  sts.destroy();
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

/** Calls an API with a request that is signed for it, by the signer of an SDK client. */
export async function signedFetch(
  url: string,
  credentials: Credentials,
  { method = 'GET', region = 'us-east-1' } = {},
): Promise<Response> {
  const client = new APIGatewayClient({ region, credentials });
  const signer = await client.config.signer();
  const { protocol, hostname, port, pathname, host } = new URL(url);
  const signed = await signer.sign(
    { method, protocol, hostname, port: Number(port), path: pathname, query: {}, headers: { host } },
    { signingService: 'execute-api', signingRegion: region },
  );
  client.destroy();
  const { host: _, ...headers } = signed.headers;
  return fetch(url, { method, headers });
}
