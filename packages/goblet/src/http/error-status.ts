/** @throws RangeError if the status of a class of errors is not an error status */
export function checkErrorStatus(code: string, status: number): void {
  if (!(Number.isInteger(status) && status >= 400 && status <= 599))
    throw new RangeError(`GOBLET_ERROR_STATUS: ${code} has status ${status}; an error's status is 400 to 599`);
}
