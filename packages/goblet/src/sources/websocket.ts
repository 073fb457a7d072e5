import { checkMessages, webSocketEvent } from '#parts/tooling';
import { type Content, isMessage } from './content.js';
import { contentOptions } from './content-options.js';
import { newSource, type Source } from './source.js';
import { readWebSocket } from './websocket/read.js';
import type { TypedMessages, WebSocketOptions, WebSocketRecord, WebSocketSent } from './websocket/types.js';

/**
 * A WebSocket API. One handler receives connections, messages and disconnections; `kind` tells them apart.
 *
 * Messages are JSON with a schema, or text (`String`). With one schema for each route key, API Gateway selects the
 * route by `routeSelectionExpression` and itself answers `Forbidden` to a message without a route. With one schema for
 * all, every message arrives. A message that does not match is logged; it does not reach the handler, and the client is
 * not notified.
 *
 * A connection opens if the handler of its `connect` returns nothing or a reply of 2xx. It is refused with the status
 * of a thrown error or of another reply, and with 500 for anything else.
 * @throws DeclarationError for invalid messages
 * @example sources: { chat: websocket({ join: Join, say: Say }), echo: websocket(String) }
 */
export function websocket<M extends TypedMessages>(
  messages: M,
  options?: WebSocketOptions,
): Source<'websocket', WebSocketRecord<M>, WebSocketSent<M>> {
  checkMessages(messages, options ?? {}, websocket);
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
      event: webSocketEvent(contents),
    },
  );
}
