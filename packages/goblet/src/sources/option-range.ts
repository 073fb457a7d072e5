import { DeclarationError } from '../declare/declaration-error.js';
import { sourceLine } from '../declare/source-line.js';
import { outOfRange } from '../errors/sources.js';

/**
 * Checks an option against Lambda's range ("CreateEventSourceMapping").
 * @param declare the function with which the app declares the source; the message has the line of its call
 * @throws DeclarationError for a value that is not a whole number in the range
 */
export function checkRange(
  declare: Function,
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new DeclarationError(outOfRange(name, value, least, most, sourceLine(declare)));
}
