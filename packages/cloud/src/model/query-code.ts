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

/** The same as clients of the JSON protocol read it: AWS leaves out the `Exception` of errors that its model lacks. */
export function headerCodeOf(model: ServiceModel, code: string): string {
  return model.errors[code] ? queryCodeOf(model, code) : queryCodeOf(model, code).replace(/Exception$/, '');
}
