import { AwsError } from '../../../core/aws-error.js';

/** The concurrency of an account, as AWS gives it unless asked for more. */
export const ACCOUNT_CONCURRENCY = 1000;
/** The concurrency that must stay unreserved. */
export const UNRESERVED_MINIMUM = 100;

function throttled(reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Type: 'User', Reason: reason });
}

/** Counts the invocations that run, function by function, and refuses what is beyond the limits. */
export class Concurrency {
  readonly #running = new Map<string, number>();
  readonly #unreserved = new Map<string, number>();

  /** The invocations of a function that run now. */
  running(functionKey: string): number {
    return this.#running.get(functionKey) ?? 0;
  }

  /**
   * Takes a place for one invocation; gives what returns it. Throws TooManyRequestsException.
   *
   * @param scope account and region, which share one limit
   * @param reserved the function's own limit, if it has one
   * @param reservations the sum of all such limits in the scope
   */
  take(scope: string, functionKey: string, reserved: number | undefined, reservations: () => number): () => void {
    const running = this.#running.get(functionKey) ?? 0;
    if (reserved !== undefined) {
      if (running >= reserved) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    } else {
      const unreserved = this.#unreserved.get(scope) ?? 0;
      if (unreserved >= ACCOUNT_CONCURRENCY - reservations()) throw throttled('ConcurrentInvocationLimitExceeded');
      this.#unreserved.set(scope, unreserved + 1);
    }
    this.#running.set(functionKey, running + 1);
    return () => {
      const left = (this.#running.get(functionKey) ?? 1) - 1;
      if (left === 0) this.#running.delete(functionKey);
      else this.#running.set(functionKey, left);
      if (reserved === undefined) this.#unreserved.set(scope, (this.#unreserved.get(scope) ?? 1) - 1);
    };
  }
}
