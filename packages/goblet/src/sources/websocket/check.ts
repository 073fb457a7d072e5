import { DeclarationError } from '../../declare/declaration-error.js';
import { sourceLine } from '../../declare/source-line.js';
import { invalidMessage, noMessages, reservedKey, selectsNothing } from '../../errors/sources.js';
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
  const source = sourceLine(declaring);
  if (routeSelectionExpression !== undefined && !EXPRESSION.test(routeSelectionExpression))
    throw new DeclarationError(selectsNothing(routeSelectionExpression, source));
  const keys = isMessage(messages) ? ['$default'] : Object.keys(Object(messages));
  if (!keys.length) throw new DeclarationError(noMessages(described(messages), source));
  for (const key of keys) {
    if (key === '' || (key.startsWith('$') && key !== '$default')) throw new DeclarationError(reservedKey(key, source));
    const message = isMessage(messages) ? messages : (messages as Readonly<Record<string, unknown>>)[key];
    if (!isMessage(message)) throw new DeclarationError(invalidMessage(key, described(message), source));
  }
}
