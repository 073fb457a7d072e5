import { AwsError } from '../../../core/aws-error.js';
import { type HttpRequest, header, type RequestHead } from '../../../core/http.js';
import type { Scope } from '../../../core/operation.js';
import { ANONYMOUS } from '../../../core/principal.js';
import type { Admitted, DecodedCall, Protocol, WebAccess } from '../../../core/service.js';
import type { CognitoStore } from '../cognito-store.js';
import type { Tokens } from '../tokens/tokens.js';
import { PUBLIC_OPERATIONS } from './public-operations.js';

const TARGET = 'AWSCognitoIdentityProviderService.';
const MOST_BYTES = 1024 * 1024;

/** The operation that a request names; undefined where it is one that only signed calls may ask for. */
function publicOperation(head: RequestHead): string | undefined {
  const target = header(head, 'x-amz-target') ?? '';
  const name = target.slice(TARGET.length);
  return target.startsWith(TARGET) && PUBLIC_OPERATIONS.has(name) ? name : undefined;
}

/** True if a request without a signature is for user pools. */
export function isForPools(head: RequestHead): boolean {
  return (header(head, 'x-amz-target') ?? '').startsWith(TARGET);
}

async function held(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_BYTES) {
      const message = `Request must be smaller than ${MOST_BYTES} bytes`;
      throw new AwsError('RequestEntityTooLargeException', message, 413);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The region of AWS's host names; one has to be assumed where the cloud is called by its own address. */
function regionOf(head: RequestHead): string {
  return /cognito-idp\.([a-z0-9-]+)\.amazonaws\./.exec(header(head, 'host') ?? '')?.[1] ?? 'us-east-1';
}

/**
 * Admits the calls that apps make for their users, which nobody signs. Their account and region are those of the pool
 * whose client or token they name.
 *
 * @throws AwsError MissingAuthenticationTokenException for operations that need a signature
 */
export async function admit(
  head: RequestHead,
  body: () => AsyncIterable<Uint8Array>,
  { protocol, store, tokens }: { readonly protocol: Protocol; readonly store: CognitoStore; readonly tokens: Tokens },
): Promise<Admitted> {
  if (publicOperation(head) === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 400);
  }
  const request: HttpRequest = { ...head, signal: head.signal, body: await held(body()) };
  const call = protocol.decode(request);
  return { ...scopeOf(call, head, store, tokens), principal: ANONYMOUS, presigned: false, call };
}

function scopeOf({ input }: DecodedCall, head: RequestHead, store: CognitoStore, tokens: Tokens): Scope {
  const { ClientId, AccessToken } = Object(input) as { readonly ClientId?: unknown; readonly AccessToken?: unknown };
  const pool = typeof ClientId === 'string' ? store.poolOfClient(ClientId) : tokens.poolOf(String(AccessToken));
  const { account, region } = pool?.record ?? { account: '000000000000', region: regionOf(head) };
  return { account, region };
}

/** Web pages may make the calls that nobody signs, as on AWS: users sign in with them. */
export async function webAccess(head: RequestHead): Promise<WebAccess | undefined> {
  const headers = [['access-control-allow-origin', '*']] as const;
  if (head.method === 'OPTIONS') {
    const asked = header(head, 'access-control-request-headers') ?? '';
    if (head.path !== '/' || !/(^|,\s*)x-amz-target(,|$)/i.test(asked)) return undefined;
    const allowed = [
      ...headers,
      ['access-control-allow-methods', 'POST'],
      ['access-control-allow-headers', asked],
      ['access-control-max-age', '172800'],
    ] as const;
    return { kind: 'answered', response: () => ({ status: 200, headers: allowed, body: '' }) };
  }
  if (publicOperation(head) === undefined || header(head, 'authorization') !== undefined) return undefined;
  const exposed = [
    'access-control-expose-headers',
    'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
  ] as const;
  return { kind: 'admitted', headers: [...headers, exposed] };
}
