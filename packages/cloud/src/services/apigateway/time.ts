/** API Gateway keeps whole seconds. @param milliseconds since the epoch */
export function wholeSeconds(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}
