import { DeclarationError } from '../declaration-error.js';

/**
 * Holds an option to what Lambda takes ("CreateEventSourceMapping").
 * @throws DeclarationError for what is no whole number between the two
 */
export function checkRange(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new DeclarationError(
    'GOBLET_SOURCE_OPTION',
    `${name} is ${value}; it is a whole number from ${least} to ${most}`,
  );
}
