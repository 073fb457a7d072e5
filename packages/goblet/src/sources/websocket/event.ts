import { EventRefused } from '../record-refused.js';

/** The event of a Lambda proxy integration of a WebSocket API ("Set up a WebSocket API integration request"). */
export interface WebSocketEvent {
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
/** The required members of the context; the last three form the URL of the API. */
const FORMS: Readonly<Record<string, RegExp>> = {
  routeKey: /./s,
  connectionId: /./s,
  domainName: /^[\w.-]+$/,
  apiId: /^[\w-]+$/,
  stage: /^[\w$-]+$/,
};

/** @throws EventRefused */
export function webSocketEvent(given: unknown): WebSocketEvent {
  const { requestContext } = Object(given) as { readonly requestContext?: unknown };
  const context = Object(requestContext) as Readonly<Record<string, unknown>>;
  const named = Object.entries(FORMS).every(([name, form]) => {
    const value = context[name];
    return typeof value === 'string' && form.test(value);
  });
  const timed = typeof context.connectedAt === 'number' && new Date(context.connectedAt).getTime() >= 0;
  if (!named || !timed || !KINDS.includes(context.eventType as string)) throw new EventRefused('a WebSocket API');
  return given as WebSocketEvent;
}

/** A custom domain's path depends on its mapping, so the URL uses the API's own address, which has the stage. */
export function callbackUrlOf({ apiId, domainName, stage }: WebSocketEvent['requestContext']): string {
  if (domainName.startsWith(`${apiId}.`)) return `https://${domainName}/${stage}`;
  const region = process.env.AWS_REGION ?? '';
  return `https://${apiId}.execute-api.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${stage}`;
}
