import type { Exchange } from './exchange.js';
import { type Outcome, outcomeOf } from './outcome.js';

/**
 * A listener's answer to replace the error; the error is logged if that answer is a 5xx or if the listener itself
 * fails.
 */
export async function askListeners(
  error: unknown,
  { container, request }: Exchange,
  turn: number,
): Promise<Outcome | undefined> {
  if (turn > 0) return undefined;
  let status = 500;
  try {
    for (const listener of container.runtime.listeners) {
      const answer = await listener(error, request as never);
      if (answer === undefined) continue;
      const outcome = outcomeOf(answer, 500);
      status = outcome.status;
      return outcome;
    }
    status = 0;
    return undefined;
  } finally {
    if (status >= 500) request.log.error('The request failed', { error });
  }
}
