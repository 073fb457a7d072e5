import { type RateLimit, tokenBucket } from './token-bucket.js';

/** The decision of usage plans about an API key. */
export type UsageDecision =
  | { readonly allowed: true; readonly apiKeyId: string }
  | { readonly allowed: false; readonly reason: 'INVALID_API_KEY' | 'THROTTLED' | 'QUOTA_EXCEEDED' };

/** The API keys and usage plans that guard a stage. Counts the request where it is allowed. */
export type Usage = (apiKey: string | undefined) => UsageDecision;

export interface UsageKey {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
}

export interface UsagePlan {
  readonly keys: readonly UsageKey[];
  readonly throttle?: RateLimit;
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
}

interface Entry {
  readonly key: UsageKey;
  readonly plan: UsagePlan;
  readonly take: (() => boolean) | undefined;
  /** How much of the quota of a period is used. */
  readonly count: { period: string; used: number };
}

/**
 * Decides by usage plans: one token bucket and one quota a key and plan. Counts live as long as the decider.
 * @param now epoch milliseconds
 */
export function usageByPlans(plans: readonly UsagePlan[], now: () => number): Usage {
  const known = new Map<string, Entry>();
  for (const plan of plans) {
    for (const key of plan.keys) {
      const take = plan.throttle && tokenBucket(plan.throttle, now);
      known.set(key.value, { key, plan, take, count: { period: '', used: 0 } });
    }
  }
  return (apiKey) => {
    const entry = apiKey === undefined ? undefined : known.get(apiKey);
    if (entry === undefined || !entry.key.enabled) return { allowed: false, reason: 'INVALID_API_KEY' };
    const { plan, count, take } = entry;
    if (take && !take()) return { allowed: false, reason: 'THROTTLED' };
    if (plan.quota) {
      const period = periodOf(now(), plan.quota.period);
      if (count.period !== period) Object.assign(count, { period, used: 0 });
      if (count.used >= plan.quota.limit) return { allowed: false, reason: 'QUOTA_EXCEEDED' };
      count.used++;
    }
    return { allowed: true, apiKeyId: entry.key.id };
  };
}

function periodOf(time: number, period: 'DAY' | 'WEEK' | 'MONTH'): string {
  const date = new Date(time).toISOString();
  if (period === 'DAY') return date.slice(0, 10);
  if (period === 'MONTH') return date.slice(0, 7);
  // Day 0 of the epoch was a Thursday; weeks begin on Sundays.
  return String(Math.floor((time / 86_400_000 + 4) / 7));
}
