import { RESERVED_NAME, reservedName } from '../errors.js';
import type { DocumentPath } from '../items/document-path.js';
import type { TokenReader } from './token-reader.js';

/** A path in an item: `address.street`, `"tags"[0]` */
export function parsePath(tokens: TokenReader): DocumentPath {
  const path: (string | number)[] = [tokens.name()];
  for (;;) {
    if (tokens.takeMark('.')) path.push(tokens.name());
    else if (tokens.takeMark('[')) path.push(parseStep(tokens));
    else break;
  }
  if (path.includes(RESERVED_NAME)) throw reservedName();
  return path;
}

/** An index of a list, or the name of a member in single quotes. */
function parseStep(tokens: TokenReader): string | number {
  const { kind, text } = tokens.next;
  if (kind !== 'text' && !(kind === 'number' && /^\d+$/.test(text))) throw tokens.unexpected('expected an index');
  tokens.take();
  tokens.expectMark(']');
  return kind === 'text' ? text : Number(text);
}
