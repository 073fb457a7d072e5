import { notErrorStatus } from '../errors/app.js';

/** @throws RangeError if the status of a class of errors is not an error status */
export function checkErrorStatus(code: string, status: number): void {
  if (!(Number.isInteger(status) && status >= 400 && status <= 599)) throw new RangeError(notErrorStatus(code, status));
}
