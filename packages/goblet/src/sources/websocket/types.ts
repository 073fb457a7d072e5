import type { TypedSchema } from '../../declare/route-types.js';
import type { ContentOf, ContentSent } from '../content.js';
import type { Connections } from './connections.js';

/** JSON of a schema, or text (`String`). */
type TypedMessage = TypedSchema | StringConstructor;

/** One content for every message, or one for each route key. */
export type TypedMessages = TypedMessage | Readonly<Record<string, TypedMessage>>;

export type Texts = Readonly<Record<string, string | undefined>>;

/** The members of every event of a connection. */
export interface WebSocketConnection {
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly domainName: string;
  readonly stage: string;
  /**
   * The URL at which functions reach the connections of the API; store it beside the id for functions that receive no
   * events.
   */
  readonly callbackUrl: string;
  /** Sends to this connection and to every other connection of the API, closes them, and describes them. */
  readonly connections: Connections;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  /** The authorizer's result for `$connect`; absent without an authorizer. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** Somebody wants to connect. Return nothing to accept; throw or return a reply to refuse. */
export interface WebSocketConnect extends WebSocketConnection {
  readonly kind: 'connect';
  /** Of the upgrade request; lower-case names, the last value of each. */
  readonly headers: Texts;
  readonly query: Texts;
}

/** A message that a client sent. */
export interface WebSocketMessage<K extends string = string, B = unknown> extends WebSocketConnection {
  readonly kind: 'message';
  readonly id: string | undefined;
  readonly routeKey: K;
  readonly body: B;
}

/** The connection is gone. API Gateway tries to report this, without a guarantee. */
export interface WebSocketDisconnect extends WebSocketConnection {
  readonly kind: 'disconnect';
  /** The close code (RFC 6455, section 7.4), if it is known. */
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

/** An event of a connection; `kind` tells connections, messages and disconnections apart. */
export type WebSocketRecord<M extends TypedMessages = TypedMessages> =
  | WebSocketConnect
  | MessageOf<M>
  | WebSocketDisconnect;

type MessageOf<M> = M extends TypedMessage
  ? WebSocketMessage<'$default', ContentOf<M>>
  : { [K in keyof M & string]: WebSocketMessage<K, ContentOf<M[K]>> }[keyof M & string];

/** How messages find their route, and who may connect. */
export interface WebSocketOptions {
  /**
   * The part of a message that names its route, if there are routes.
   * @default '$request.body.action'
   */
  readonly routeSelectionExpression?: string;
  /**
   * The name under `auth` of the authorizer that decides who may connect: `iam()`, or `authorizer()` of type REQUEST. A
   * connection without its result is refused with 401.
   * @default - only the handler decides
   */
  readonly auth?: string;
}

export interface SentOn {
  /** @default 'test' */
  readonly connectionId?: string;
  /** The result of `authorizer()`, including its `principalId`. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
  /** The result of `iam()`, as API Gateway writes it: `userArn`, `accountId`, `caller`. */
  readonly identity?: Readonly<Record<string, unknown>>;
}

/** An event that a test sends. */
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
