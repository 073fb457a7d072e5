import { DeclarationError } from '../declare/declaration-error.js';
import { sourceLine } from '../declare/source-line.js';

/**
 * Holds an option to what Lambda takes ("CreateEventSourceMapping").
 * @param declare what the app calls to declare the source; the line of the call is in the message
 * @throws DeclarationError for what is no whole number between the two
 */
export function checkRange(
  declare: Function,
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new DeclarationError(
    'GOBLET_SOURCE_OPTION',
    `${name} is ${value}; it is a whole number from ${least} to ${most}`,
    sourceLine(declare),
  );
}
