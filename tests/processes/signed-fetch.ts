import { type APIGatewayClient, APIGatewayClient as Client } from '@aws-sdk/client-api-gateway';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Calls an API with a request that is signed for it, by the signer of an SDK client. */
export async function signedFetch(
  url: string,
  credentials: Credentials,
  { method = 'GET', region = 'us-east-1' } = {},
): Promise<Response> {
  const client: APIGatewayClient = new Client({ region, credentials });
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
