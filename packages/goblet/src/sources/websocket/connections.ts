import {
  connectionGone,
  connectionRefused,
  noCredentials,
  notCallbackUrl,
  notSendable,
} from '../../errors/connections.js';
import { type Credentials, encoded, signedHeaders } from './signature.js';

/** API Gateway's description of a connection. */
export interface ConnectionInfo {
  readonly connectedAt: Date;
  readonly lastActiveAt: Date;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/**
 * The connections of a WebSocket API, for its functions. Each method throws ConnectionGone for a connection that is
 * gone or not open yet: it opens when the handler of its `connect` is done.
 */
export interface Connections {
  /** @param data text is sent unchanged, anything else as JSON; at most 128 KB */
  send(connectionId: string, data: unknown): Promise<void>;
  close(connectionId: string): Promise<void>;
  info(connectionId: string): Promise<ConnectionInfo>;
}

/**
 * The connection is gone: the client closed it, or API Gateway did, or it has yet to open.
 * @example
 * await connections.send(id, message).catch((error) => {
 *   if (!(error instanceof ConnectionGone)) throw error;
 *   return members.forget(id);
 * });
 */
export class ConnectionGone extends Error {
  readonly code = 'GOBLET_CONNECTION_GONE';
  readonly connectionId: string;
  constructor(connectionId: string) {
    super(connectionGone(connectionId));
    this.name = 'ConnectionGone';
    this.connectionId = connectionId;
  }
}

/**
 * API Gateway refused a request to a connection that may exist.
 * @example
 * await connections.send(id, message).catch((error) => {
 *   if (!(error instanceof ConnectionRefused && error.status === 413)) throw error;
 *   return connections.send(id, { tooLarge: true });
 * });
 */
export class ConnectionRefused extends Error {
  readonly code = 'GOBLET_CONNECTION_REFUSED';
  readonly connectionId: string;
  /** HTTP status: 403 without the permission, 413 for more than 128 KB, 429 above a quota. */
  readonly status: number;
  constructor(connectionId: string, status: number, why: string) {
    super(connectionRefused(connectionId, status, why));
    this.name = 'ConnectionRefused';
    this.connectionId = connectionId;
    this.status = status;
  }
}

/**
 * The text to send for a value from a handler.
 * @throws TypeError for a value that is neither text nor JSON
 */
export function messageText(data: unknown): string {
  const text = typeof data === 'string' ? data : data instanceof Uint8Array ? undefined : JSON.stringify(data);
  if (text === undefined) throw new TypeError(notSendable(data));
  return text;
}

/** Reaches connections by the callback URL of their API. */
export type Reach = (callbackUrl: string) => Connections;

type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials of the function's role, which Lambda puts into the environment. */
function identity(environment: Environment): { readonly credentials: Credentials; readonly region: string } {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
  } = environment;
  if (!accessKeyId || !secretAccessKey || !region) throw new TypeError(noCredentials);
  return { credentials: { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined }, region };
}

/** @throws TypeError */
function checked(callbackUrl: string): string {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw new TypeError(notCallbackUrl(callbackUrl));
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}

/**
 * Reaches the connections of a WebSocket API through API Gateway's Management API ("Use @connections commands in your
 * backend service"), with requests signed by the credentials in the environment. The function's role must allow
 * `execute-api:ManageConnections`; the construct grants it to the function of the source.
 * @param callbackUrl the stage's URL: `callbackUrl` of each record, `callbackUrl` of CDK's WebSocketStage
 * @throws TypeError for an invalid URL
 * @example await connections(env.CALLBACK_URL).send(connectionId, { text: 'hello' });
 */
export function connections(callbackUrl: string): Connections {
  const base = checked(callbackUrl);
  async function ask(method: string, connectionId: string, body = ''): Promise<string> {
    const url = new URL(`${base}/@connections/${encoded(connectionId)}`);
    const { credentials, region } = identity(process.env);
    const request = { method, url, body, service: 'execute-api', region, credentials, time: new Date() };
    const headers = signedHeaders(request);
    const response = await fetch(url, { method, headers, redirect: 'manual', ...(body && { body }) });
    const text = await response.text();
    if (response.status === 410) throw new ConnectionGone(connectionId);
    if (!response.ok) throw new ConnectionRefused(connectionId, response.status, text || response.statusText);
    return text;
  }
  return {
    async send(connectionId, data) {
      await ask('POST', connectionId, messageText(data));
    },
    async close(connectionId) {
      await ask('DELETE', connectionId);
    },
    async info(connectionId) {
      const { connectedAt, lastActiveAt, identity } = JSON.parse(await ask('GET', connectionId)) as {
        readonly connectedAt: string;
        readonly lastActiveAt: string;
        readonly identity: { readonly sourceIp: string; readonly userAgent?: string };
      };
      return {
        connectedAt: new Date(connectedAt),
        lastActiveAt: new Date(lastActiveAt),
        sourceIp: identity.sourceIp,
        userAgent: identity.userAgent,
      };
    },
  };
}
