import type { ServiceModel } from './service-model.js';

/** Errors that AWS's models lack, whose codes in the older query protocol are not those in JSON. */
const UNMODELLED: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
};

/** The code of an error in the query protocol: `MissingParameter` for `MissingRequiredParameterException`. */
export function queryCodeOf({ errors }: ServiceModel, code: string): string {
  return errors[code]?.queryCode ?? UNMODELLED[code] ?? code;
}
