import { failedWith } from '../../../../core/aws-failure.js';
import { defined } from '../../../../core/defined.js';
import type { HttpRequest, HttpResponse } from '../../../../core/http.js';
import { messageOf, type SignatureVerifier, statusOf } from '../../../execute-api/index.js';
import type { Connections } from './connections.js';
import type { WebSocketStage } from './served-stage.js';

/** "Message payload size", which is that of PostToConnection too. */
const MESSAGE = 128 * 1024;
const PATH = /^\/@connections\/([^/]+)$/;

/** The id of the connection that a request below a stage manages; undefined for a request of another kind. */
export function managedConnection(path: string): string | undefined {
  const escaped = PATH.exec(path)?.[1];
  if (escaped === undefined) return undefined;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

interface Managed {
  readonly apiId: string;
  readonly stage: string;
  readonly connectionId: string;
}

/**
 * The API Gateway Management API: PostToConnection, GetConnection and DeleteConnection (developer guide, "Use @connections
 * commands in your backend service"). Its requests are signed, and IAM decides about each connection.
 */
export async function manageConnection(
  request: HttpRequest,
  { apiId, stage, connectionId }: Managed,
  { scope }: WebSocketStage,
  connections: Connections,
  verify: SignatureVerifier,
): Promise<HttpResponse> {
  const { method } = request;
  const arn = `arn:aws:execute-api:${scope.region}:${scope.account}:${apiId}/${stage}/${method}/@connections/${connectionId}`;
  const verified = await verify(request, arn);
  if ('refused' in verified) {
    const { refused } = verified;
    return error(statusOf(refused), refused.type === 'ACCESS_DENIED' ? 'AccessDeniedException' : 'ForbiddenException', {
      message: messageOf(refused) ?? 'Forbidden',
    });
  }
  try {
    switch (method) {
      case 'POST':
        if (request.bodyTooLarge || request.body.length > MESSAGE)
          return error(413, 'PayloadTooLargeException', { message: 'Request Too Long' });
        await connections.post(apiId, stage, connectionId, Buffer.from(request.body).toString('utf8'));
        return { status: 200, headers: [], body: '' };
      case 'GET':
        return told(connections.state(apiId, stage, connectionId));
      case 'DELETE':
        connections.close(apiId, stage, connectionId);
        return { status: 204, headers: [], body: '' };
      default:
        return error(403, 'MissingAuthenticationTokenException', { message: 'Missing Authentication Token' });
    }
  } catch (failure) {
    if (failedWith(failure, 'GoneException')) return error(410, 'GoneException', {});
    throw failure;
  }
}

function told({ connection, lastActiveAt }: ReturnType<Connections['state']>): HttpResponse {
  const { connectedAt, sourceIp, userAgent } = connection;
  const body = JSON.stringify({
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, ...defined({ userAgent }) },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  });
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

function error(status: number, type: string, body: object): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', type],
    ],
    body: JSON.stringify(body),
  };
}
