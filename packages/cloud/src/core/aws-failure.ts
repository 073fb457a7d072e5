import { AwsError } from './aws-error.js';

/** True if an error is an AWS error with this code. */
export function failedWith(error: unknown, code: string): error is AwsError {
  return error instanceof AwsError && error.code === code;
}

/**
 * Waits for a delete; what has gone already is as good.
 *
 * @param code the service's error for what does not exist
 */
export async function unlessGone(deleted: Promise<unknown>, code = 'ResourceNotFoundException'): Promise<void> {
  try {
    await deleted;
  } catch (error) {
    if (!failedWith(error, code)) throw error;
  }
}
