import type { TypedSchema } from '../../declare/route-types.js';
import type { ContentOf, ContentSent } from '../content.js';
import type { Connections } from './connections.js';

/** JSON of a schema, or text (`String`). */
type TypedMessage = TypedSchema | StringConstructor;

/** One content for every message, or one for each route key. */
export type TypedMessages = TypedMessage | Readonly<Record<string, TypedMessage>>;

export type Texts = Readonly<Record<string, string | undefined>>;

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

export interface SentOn {
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
