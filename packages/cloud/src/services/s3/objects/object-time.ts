/** S3 tells times in whole seconds. @param time epoch milliseconds */
export function wholeSeconds(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}
