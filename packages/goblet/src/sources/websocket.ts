import { type Content, contentOptions } from './content.js';
import { newSource, onlyOne, type Source, type TestEvent } from './source.js';
import { checkMessages, isMessage } from './websocket/check.js';
import { readWebSocket } from './websocket/read.js';
import { type AnySent, sentEvent } from './websocket/sent-event.js';
import type { TypedMessages, WebSocketOptions, WebSocketRecord, WebSocketSent } from './websocket/types.js';

function testEvent(contents: ReadonlyMap<string, Content>): TestEvent | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return (sent) => sentEvent(contents, onlyOne(sent) as AnySent);
}

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
      event: testEvent(contents),
    },
  );
}
