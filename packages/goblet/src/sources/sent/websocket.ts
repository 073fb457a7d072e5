import { randomUUID } from 'node:crypto';
import { noRouteKey } from '../../errors/testing.js';
import { type Content, encodeContent } from '../content.js';
import { onlyOne, type TestEvent } from '../source.js';
import type { WebSocketEvent } from '../websocket/event.js';
import type { SentOn } from '../websocket/types.js';

/** A value from a test, regardless of its type. */
interface AnySent extends SentOn {
  readonly kind: 'connect' | 'message' | 'disconnect';
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly routeKey?: string;
  readonly body?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

/** The event that API Gateway would send. */
function sentEvent(contents: ReadonlyMap<string, Content>, sent: AnySent): WebSocketEvent {
  const { kind, connectionId = 'test', authorizer, identity } = sent;
  const routeKey = kind === 'message' ? (sent.routeKey ?? '$default') : `$${kind}`;
  const content = contents.get(routeKey);
  if (kind === 'message' && content === undefined) throw new TypeError(noRouteKey(routeKey, [...contents.keys()]));
  const now = Date.now();
  const context = {
    routeKey,
    eventType: kind.toUpperCase() as 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
    messageDirection: 'IN',
    messageId: kind === 'message' ? randomUUID() : null,
    connectionId,
    connectedAt: now,
    requestTimeEpoch: now,
    requestId: randomUUID(),
    domainName: 'test.execute-api.eu-west-1.amazonaws.com',
    apiId: 'test',
    stage: 'test',
    identity: { sourceIp: '127.0.0.1', userAgent: 'goblet-test', ...identity },
    ...(authorizer && { authorizer }),
    ...(kind === 'disconnect' && { disconnectStatusCode: sent.code ?? 1000, disconnectReason: sent.reason ?? '' }),
  };
  return {
    requestContext: context,
    ...(sent.headers && { headers: sent.headers }),
    ...(sent.query && { queryStringParameters: sent.query }),
    ...(content && { body: encodeContent(content, sent.body) }),
    isBase64Encoded: false,
  };
}

/** The event of a WebSocket API for the one value that a test sends. */
export function webSocketEvent(contents: ReadonlyMap<string, Content>): TestEvent | undefined {
  return (sent) => sentEvent(contents, onlyOne(sent) as AnySent);
}
