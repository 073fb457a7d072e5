import { randomUUID } from 'node:crypto';
import { type Connections, connections } from '../connections.js';
import { DeclarationError } from '../declaration-error.js';
import { isHttpError } from '../errors.js';
import type { Batch, LogRecord, ReadBatch } from '../events.js';
import { resultOf } from '../http/auth.js';
import { described } from '../logger.js';
import { type HeaderValues, isReply } from '../reply.js';
import type { TypedSchema } from '../route-types.js';
import type { AppRuntime } from '../runtime.js';
import { sourceLine } from '../source-line.js';
import {
  type Content,
  type ContentOf,
  type ContentSent,
  contentOptions,
  decodeContent,
  encodeContent,
} from './content.js';
import { logRefusal } from './partial-batch.js';
import { EventRefused, RecordRefused } from './record-refused.js';
import { newSource, onlyOne, type Source } from './source.js';

/** JSON of a schema, or text (`String`). */
type TypedMessage = TypedSchema | StringConstructor;

/** One content for every message, or one for each route key. */
export type TypedMessages = TypedMessage | Readonly<Record<string, TypedMessage>>;

type Texts = Readonly<Record<string, string | undefined>>;

/** What every event of a connection has. */
export interface WebSocketConnection {
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly domainName: string;
  readonly stage: string;
  /** By which functions reach the connections of the API; store it beside the id for those that get no events. */
  readonly callbackUrl: string;
  /** Sends to this connection and to every other of the API, closes them, and tells of them. */
  readonly connections: Connections;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  /** What the authorizer of `$connect` says of the caller; absent without one. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** Somebody wants to connect: a handler that returns nothing admits, one that throws or returns a reply refuses. */
export interface WebSocketConnect extends WebSocketConnection {
  readonly kind: 'connect';
  /** Of the request that asks for the upgrade; lower-case names, the last value of each. */
  readonly headers: Texts;
  readonly query: Texts;
}

export interface WebSocketMessage<K extends string = string, B = unknown> extends WebSocketConnection {
  readonly kind: 'message';
  readonly id: string | undefined;
  readonly routeKey: K;
  readonly body: B;
}

/** The connection is gone. API Gateway does its best to tell, and may fail to. */
export interface WebSocketDisconnect extends WebSocketConnection {
  readonly kind: 'disconnect';
  /** The close code (RFC 6455, section 7.4), where one is known. */
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

export type WebSocketRecord<M extends TypedMessages = TypedMessages> =
  | WebSocketConnect
  | MessageOf<M>
  | WebSocketDisconnect;

type MessageOf<M> = M extends TypedMessage
  ? WebSocketMessage<'$default', ContentOf<M>>
  : { [K in keyof M & string]: WebSocketMessage<K, ContentOf<M[K]>> }[keyof M & string];

export interface WebSocketOptions {
  /** What of a message names its route, where there are routes. @default '$request.body.action' */
  readonly routeSelectionExpression?: string;
  /**
   * The name under `auth` of who decides whether a client may connect: `iam()`, or `authorizer()` of type REQUEST. A
   * connection that came past it is refused with 401. @default - nobody but the handler
   */
  readonly auth?: string;
}

interface SentOn {
  /** @default 'test' */
  readonly connectionId?: string;
  /** What `authorizer()` says of the caller, its `principalId` with it. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
  /** What `iam()` says of the caller, as API Gateway writes it: `userArn`, `accountId`, `caller`. */
  readonly identity?: Readonly<Record<string, unknown>>;
}

/** What a test sends. */
export type WebSocketSent<M extends TypedMessages = TypedMessages> =
  | (SentOn & {
      readonly kind: 'connect';
      readonly headers?: Readonly<Record<string, string>>;
      readonly query?: Readonly<Record<string, string>>;
    })
  | (SentOn & MessageSent<M>)
  | (SentOn & { readonly kind: 'disconnect'; readonly code?: number; readonly reason?: string });

type MessageSent<M> = M extends TypedMessage
  ? { readonly kind: 'message'; readonly body: ContentSent<M> }
  : {
      [K in keyof M & string]: { readonly kind: 'message'; readonly routeKey: K; readonly body: ContentSent<M[K]> };
    }[keyof M & string];

/** What a Lambda proxy integration gets of a WebSocket API ("Set up a WebSocket API integration request"). */
interface WebSocketEvent {
  readonly requestContext: {
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    readonly routeKey: string;
    readonly connectionId: string;
    readonly connectedAt: number;
    readonly domainName: string;
    readonly apiId: string;
    readonly stage: string;
    readonly messageId?: string | null;
    readonly identity?: Readonly<Record<string, unknown>>;
    readonly authorizer?: Readonly<Record<string, unknown>>;
    readonly disconnectStatusCode?: number;
    readonly disconnectReason?: string;
  };
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const KINDS = ['CONNECT', 'MESSAGE', 'DISCONNECT'];
/** What the context has to say, of which the last three are the address of the API. */
const FORMS: Readonly<Record<string, RegExp>> = {
  routeKey: /./s,
  connectionId: /./s,
  domainName: /^[\w.-]+$/,
  apiId: /^[\w-]+$/,
  stage: /^[\w$-]+$/,
};

/** @throws EventRefused */
function webSocketEvent(given: unknown): WebSocketEvent {
  const { requestContext } = Object(given) as { readonly requestContext?: unknown };
  const context = Object(requestContext) as Readonly<Record<string, unknown>>;
  const named = Object.entries(FORMS).every(([name, form]) => {
    const value = context[name];
    return typeof value === 'string' && form.test(value);
  });
  const timed = typeof context.connectedAt === 'number';
  if (!named || !timed || !KINDS.includes(context.eventType as string)) throw new EventRefused('a WebSocket API');
  return given as WebSocketEvent;
}

/** A custom domain's path is whatever it is mapped to, so it is passed by: the API's own address has the stage. */
function callbackUrlOf({ apiId, domainName, stage }: WebSocketEvent['requestContext']): string {
  if (domainName.startsWith(`${apiId}.`)) return `https://${domainName}/${stage}`;
  const region = process.env.AWS_REGION ?? '';
  return `https://${apiId}.execute-api.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${stage}`;
}

/** What the authorizer of this name says of the caller; a WebSocket API writes it where a REST API does. */
function callerOf(name: string, event: WebSocketEvent, { auth }: AppRuntime): WebSocketConnection['authorizer'] {
  const kind = auth[name]?.kind;
  return kind && resultOf(kind, event, 'rest')?.result;
}

function connectionOf(
  { requestContext }: WebSocketEvent,
  { reach = connections }: AppRuntime,
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
    // Without one API Gateway has been seen to write an empty text.
    authorizer: caller ?? (Object(authorizer) === authorizer ? authorizer : undefined),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function texts(values: Readonly<Record<string, string>> | null | undefined, name = (key: string) => key): Texts {
  const read: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(values ?? {})) if (typeof value === 'string') read[name(key)] = value;
  return read;
}

/** What tells API Gateway that an event is done. It refuses an answer that is anything else. */
const DONE = { statusCode: 200 };

/** What an upgrade is answered with. Of its headers API Gateway passes `Sec-WebSocket-Protocol` on, and no body. */
const answerOf = (status: number, headers: HeaderValues = {}): object => ({
  statusCode: status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
});

/** Nothing but a clear yes opens a connection. */
function admission(result: unknown, log: LogRecord): object {
  if (result === undefined) return DONE;
  if (isReply(result) && Number.isInteger(result.status) && result.status >= 200 && result.status <= 599)
    return answerOf(result.status, result.headers);
  log(
    'GOBLET_WEBSOCKET_ANSWER: the connection is refused, as the handler returned what does not say whether to open it',
    {
      returned: isReply(result) ? `a reply of status ${result.status}` : typeof result,
    },
  );
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
    const message = { kind: 'message' as const, id: messageId ?? undefined, routeKey };
    return answered({
      ...connection,
      ...message,
      body: await decodeContent(content, decoded),
    } satisfies WebSocketMessage);
  } catch (error) {
    logRefusal(connection.connectionId, error, log);
    // The client's own fault is no failure of the function.
    if (error instanceof RecordRefused) return { records: [], answer: () => ({ statusCode: 400 }) };
    throw error;
  }
}

const readWebSocket =
  (contents: ReadonlyMap<string, Content>, auth: string | undefined): ReadBatch =>
  (given, log, runtime) => {
    const event = webSocketEvent(given);
    const { eventType, disconnectStatusCode: code, disconnectReason } = event.requestContext;
    const caller = auth === undefined ? undefined : callerOf(auth, event, runtime);
    const connection = connectionOf(event, runtime, caller);
    if (eventType === 'CONNECT') {
      if (auth === undefined || caller !== undefined) return connecting(event, connection, log);
      log('The event carries no result of the authorizer that guards the connection', { authorizer: auth });
      return { records: [], answer: () => ({ statusCode: 401 }) };
    }
    if (eventType === 'MESSAGE') return messageOf(event, connection, contents, log);
    const reason = text(disconnectReason);
    return answered({ ...connection, kind: 'disconnect', code, reason } satisfies WebSocketDisconnect);
  };

/** `$request.body.action`, or texts with one or more of `${request.body.action}` ("WebSocket selection expressions"). */
const EXPRESSION = /^(\$request\.body\.[^\s${}]+|[^\s${}]*(\$\{request\.body\.[^\s${}]+\}[^\s${}]*)+)$/;

const isMessage = (given: unknown): given is Content => given === String || '~standard' in Object(given);

/** @throws DeclarationError */
function check(messages: unknown, { routeSelectionExpression }: WebSocketOptions): void {
  const refuse = (what: string): never => {
    throw new DeclarationError('GOBLET_WEBSOCKET', what, sourceLine(websocket));
  };
  if (routeSelectionExpression !== undefined && !EXPRESSION.test(routeSelectionExpression))
    refuse(
      `the routeSelectionExpression is ${JSON.stringify(routeSelectionExpression)}; it names a member of the body, as $request.body.action`,
    );
  const keys = isMessage(messages) ? ['$default'] : Object.keys(Object(messages));
  if (!keys.length)
    refuse(`the messages are ${described(messages)}; give a schema, String, or one of them for each route key`);
  for (const key of keys) {
    if (key === '' || (key.startsWith('$') && key !== '$default'))
      refuse(`${JSON.stringify(key)} is no route key of messages; connections open and close without being declared`);
    const message = isMessage(messages) ? messages : (messages as Readonly<Record<string, unknown>>)[key];
    if (!isMessage(message)) refuse(`the message of ${key} is ${described(message)}; it is a schema or String`);
  }
}

interface AnySent extends SentOn {
  readonly kind: 'connect' | 'message' | 'disconnect';
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly routeKey?: string;
  readonly body?: unknown;
  readonly code?: number;
  readonly reason?: string;
}

function eventOf(contents: ReadonlyMap<string, Content>, sent: AnySent): WebSocketEvent {
  const { kind, connectionId = 'test', authorizer, identity } = sent;
  const routeKey = kind === 'message' ? (sent.routeKey ?? '$default') : `$${kind}`;
  const content = contents.get(routeKey);
  if (kind === 'message' && content === undefined)
    throw new TypeError(
      `GOBLET_TEST_SEND: the source has no route key ${JSON.stringify(routeKey)}; it has ${[...contents.keys()].join(', ')}`,
    );
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

/**
 * A WebSocket API. Its one handler sees who connects, what they send and who is gone, told apart by `kind`.
 *
 * Messages are JSON of a schema or text (`String`). Given one of them for each route key, API Gateway chooses by
 * `routeSelectionExpression` and itself answers `Forbidden` to a message of no route; given one for all, every message
 * arrives. A message that its schema refuses is logged, and reaches neither the handler nor anybody else.
 *
 * A connection is opened where the handler of its `connect` returns nothing or a reply of 2xx. It is refused with the
 * status of a thrown error or of another reply, and with 500 for anything else.
 * @throws DeclarationError for messages that are none
 * @example sources: { chat: websocket({ join: Join, say: Say }), echo: websocket(String) }
 */
export function websocket<M extends TypedMessages>(
  messages: M,
  options?: WebSocketOptions,
): Source<'websocket', WebSocketRecord<M>, WebSocketSent<M>> {
  if (process.env.GOBLET_OMIT_TOOLING !== '1') check(messages, options ?? {});
  const one = isMessage(messages);
  const contents = new Map(Object.entries(one ? { $default: messages } : messages) as [string, Content][]);
  return newSource(
    'websocket',
    {
      routeSelectionExpression: '$request.body.action',
      ...options,
      routeKeys: [...contents.keys()],
      ...(one ? contentOptions('message', messages) : { messages }),
    },
    {
      read: readWebSocket(contents, options?.auth),
      ...(process.env.GOBLET_OMIT_TOOLING !== '1' && {
        event: (sent) => eventOf(contents, onlyOne(sent) as AnySent),
      }),
    },
  );
}
