import { createHash, createHmac } from 'node:crypto';

interface Signer {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * A URL of S3 with its signature in the query ("Authenticating requests: using query parameters", Amazon S3 API
 * reference). The SDK's own presigner escapes the path; this one takes any.
 *
 * @param path as it is sent
 * @param payload what the signature says of the body
 * @param headers that are signed beside the host, by their names in lower case
 */
export function presignedUrl(
  method: string,
  path: string,
  { endpoint, region, credentials }: Signer,
  payload = 'UNSIGNED-PAYLOAD',
  headers: Readonly<Record<string, string>> = {},
): string {
  const { accessKeyId, secretAccessKey } = credentials;
  const { host } = new URL(endpoint);
  const signed: Record<string, string> = { ...headers, host };
  const names = Object.keys(signed).sort();
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': payload,
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': '600',
    'X-Amz-SignedHeaders': names.join(';'),
  });
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const request = [method, path, query, lines, names.join(';'), payload].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const key = [day, region, 's3', 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash}`).toString('hex');
  return `${endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
}
