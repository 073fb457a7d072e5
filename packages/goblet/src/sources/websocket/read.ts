import { resultOf } from '../../auth/read-auth.js';
import { unclearAnswer } from '../../errors/connections.js';
import { isHttpError } from '../../http/errors.js';
import { type HeaderValues, isReply } from '../../http/reply.js';
import type { Batch, LogRecord, ReadBatch, SourceRuntime } from '../batch.js';
import { type Content, decodeContent } from '../content.js';
import { logRefusal } from '../partial-batch.js';
import { EventRefused, RecordRefused } from '../record-refused.js';
import { connections } from './connections.js';
import { callbackUrlOf, type WebSocketEvent, webSocketEvent } from './event.js';
import type { Texts, WebSocketConnect, WebSocketConnection, WebSocketDisconnect, WebSocketMessage } from './types.js';

/** The result of the authorizer of this name; a WebSocket API writes it where a REST API does. */
function callerOf(name: string, event: WebSocketEvent, { auth }: SourceRuntime): WebSocketConnection['authorizer'] {
  const kind = auth[name]?.kind;
  return kind && resultOf(kind, event, 'rest')?.result;
}

function connectionOf(
  { requestContext }: WebSocketEvent,
  { reach = connections }: SourceRuntime,
  caller: WebSocketConnection['authorizer'],
): WebSocketConnection {
  const { connectionId, connectedAt, domainName, stage, identity, authorizer } = requestContext;
  const callbackUrl = callbackUrlOf(requestContext);
  return {
    connectionId,
    connectedAt: new Date(connectedAt),
    domainName,
    stage,
    callbackUrl,
    connections: reach(callbackUrl),
    sourceIp: text(identity?.sourceIp),
    userAgent: text(identity?.userAgent),
    // Without an authorizer API Gateway has been seen to write an empty text.
    authorizer: caller ?? (Object(authorizer) === authorizer ? authorizer : undefined),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function texts(values: Readonly<Record<string, string>> | null | undefined, name = (key: string) => key): Texts {
  const read: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(values ?? {})) if (typeof value === 'string') read[name(key)] = value;
  return read;
}

/** The answer for a processed event. API Gateway refuses any other answer. */
const DONE = { statusCode: 200 };

/** The answer to an upgrade. API Gateway passes on only its status and `Sec-WebSocket-Protocol`, and no body. */
const answerOf = (status: number, headers: HeaderValues = {}): object => ({
  statusCode: status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
});

/** Only a clear yes opens a connection. */
function admission(result: unknown, log: LogRecord): object {
  if (result === undefined) return DONE;
  if (isReply(result) && Number.isInteger(result.status) && result.status >= 200 && result.status <= 599)
    return answerOf(result.status, result.headers);
  log(unclearAnswer, {
    returned: isReply(result) ? `a reply of status ${result.status}` : typeof result,
  });
  return { statusCode: 500 };
}

const connecting = (event: WebSocketEvent, connection: WebSocketConnection, log: LogRecord): Batch => ({
  records: [
    {
      ...connection,
      kind: 'connect',
      headers: texts(event.headers, (name) => name.toLowerCase()),
      query: texts(event.queryStringParameters),
    } satisfies WebSocketConnect,
  ],
  answer: (result) => admission(result, log),
  refusal: (error) => (isHttpError(error) && error.status < 500 ? answerOf(error.status, error.headers) : undefined),
});

const answered = (...records: readonly unknown[]): Batch => ({ records, answer: () => DONE });

async function messageOf(
  event: WebSocketEvent,
  connection: WebSocketConnection,
  contents: ReadonlyMap<string, Content>,
  log: LogRecord,
): Promise<Batch> {
  const { routeKey, messageId } = event.requestContext;
  const content = contents.get(routeKey);
  if (content === undefined) throw new EventRefused(`a WebSocket API without the route ${JSON.stringify(routeKey)}`);
  const sent = text(event.body) ?? '';
  const decoded = event.isBase64Encoded === true ? Buffer.from(sent, 'base64').toString() : sent;
  try {
    const message = { kind: 'message' as const, id: text(messageId), routeKey };
    return answered({
      ...connection,
      ...message,
      body: await decodeContent(content, decoded),
    } satisfies WebSocketMessage);
  } catch (error) {
    logRefusal(connection.connectionId, error, log);
    // A mistake of the client is not a failure of the function.
    if (error instanceof RecordRefused) return { records: [], answer: () => ({ statusCode: 400 }) };
    throw error;
  }
}

export const readWebSocket =
  (contents: ReadonlyMap<string, Content>, auth: string | undefined): ReadBatch =>
  (given, log, runtime) => {
    const event = webSocketEvent(given);
    const { eventType, disconnectStatusCode, disconnectReason } = event.requestContext;
    const caller = auth === undefined ? undefined : callerOf(auth, event, runtime);
    const connection = connectionOf(event, runtime, caller);
    if (eventType === 'CONNECT') {
      if (auth === undefined || caller !== undefined) return connecting(event, connection, log);
      log('The event carries no result of the authorizer that guards the connection', { authorizer: auth });
      return { records: [], answer: () => ({ statusCode: 401 }) };
    }
    if (eventType === 'MESSAGE') return messageOf(event, connection, contents, log);
    const code = typeof disconnectStatusCode === 'number' ? disconnectStatusCode : undefined;
    const reason = text(disconnectReason);
    return answered({ ...connection, kind: 'disconnect', code, reason } satisfies WebSocketDisconnect);
  };
