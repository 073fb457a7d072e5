/** Requests a second, and how many more at once. */
export interface RateLimit {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/**
 * A token bucket (developer guide, "Throttle requests to your REST APIs").
 * @param now epoch milliseconds
 * @returns takes a token, and says whether there was one
 */
export function tokenBucket({ rateLimit, burstLimit }: RateLimit, now: () => number): () => boolean {
  let tokens = burstLimit;
  let refilled = now();
  return () => {
    const time = now();
    tokens = Math.min(burstLimit, tokens + ((time - refilled) / 1000) * rateLimit);
    refilled = time;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
