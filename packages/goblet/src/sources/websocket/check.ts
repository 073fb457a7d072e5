import { DeclarationError } from '../../declare/declaration-error.js';
import { sourceLine } from '../../declare/source-line.js';
import { described } from '../../lambda/logger.js';
import { isMessage } from '../content.js';
import type { WebSocketOptions } from './types.js';

/** `$request.body.action`, or texts with one or more of `${request.body.action}` ("WebSocket selection expressions"). */
const EXPRESSION = /^(\$request\.body\.[^\s${}]+|[^\s${}]*(\$\{request\.body\.[^\s${}]+\}[^\s${}]*)+)$/;

/**
 * @param declaring the function that the app calls; the message has the line of its caller
 * @throws DeclarationError
 */
export function checkMessages(
  messages: unknown,
  options: WebSocketOptions,
  declaring: Parameters<typeof sourceLine>[0],
): void {
  const { routeSelectionExpression } = options;
  const refuse = (what: string): never => {
    throw new DeclarationError('GOBLET_WEBSOCKET', what, sourceLine(declaring));
  };
  if (routeSelectionExpression !== undefined && !EXPRESSION.test(routeSelectionExpression))
    refuse(
      `the routeSelectionExpression is ${JSON.stringify(routeSelectionExpression)}; it must name a member of the body, such as $request.body.action`,
    );
  const keys = isMessage(messages) ? ['$default'] : Object.keys(Object(messages));
  if (!keys.length)
    refuse(`the messages are ${described(messages)}; give a schema, String, or one of them for each route key`);
  for (const key of keys) {
    if (key === '' || (key.startsWith('$') && key !== '$default'))
      refuse(`${JSON.stringify(key)} is not a route key of messages; connect and disconnect need no declaration`);
    const message = isMessage(messages) ? messages : (messages as Readonly<Record<string, unknown>>)[key];
    if (!isMessage(message)) refuse(`the message of ${key} is ${described(message)}; it is a schema or String`);
  }
}
