import { ruleArn } from './rule-name.js';
import type { Rule, RuleRecord } from './rule-store.js';

/** Milliseconds after which the clock is looked at again: it may have been set, and a machine may have slept. */
const LOOK = 1000;

interface Planned {
  readonly rule: RuleRecord;
  /** Epoch milliseconds; none where it never is due again. */
  readonly due: number | undefined;
}

export interface SchedulerOptions {
  readonly rules: () => Iterable<Rule>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @param due epoch milliseconds at which it was due */
  readonly fire: (rule: RuleRecord, due: number) => void;
}

/**
 * Fires rules when their schedules are due. What was due while nothing ran is not made up for; of several times that one
 * look finds past, the first is fired.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #planned = new Map<string, Planned>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.look();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** To be called when a rule was changed. */
  look(): void {
    if (!this.#running) return;
    clearTimeout(this.#timer);
    const now = this.#options.now();
    const gone = new Set(this.#planned.keys());
    let soonest = Number.POSITIVE_INFINITY;
    for (const rule of this.#options.rules()) {
      if (!rule.record.enabled || rule.schedule === undefined) continue;
      const arn = ruleArn(rule.record);
      gone.delete(arn);
      const due = this.#lookAt(arn, rule, now);
      soonest = Math.min(soonest, due ?? soonest);
    }
    for (const arn of gone) this.#planned.delete(arn);
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.look(), Math.min(LOOK, Math.max(0, soonest - now)));
  }

  /** Fires it if it is due, and gives when it is due next. */
  #lookAt(arn: string, { record, schedule }: Rule, now: number): number | undefined {
    const next = () => schedule?.next(now, record.since);
    const known = this.#planned.get(arn);
    let due = known && isSame(known.rule, record) ? known.due : next();
    if (due !== undefined && due <= now) {
      this.#options.fire(record, due);
      due = next();
    }
    this.#planned.set(arn, { rule: record, due });
    return due;
  }
}

function isSame(before: RuleRecord, now: RuleRecord): boolean {
  return before.since === now.since && before.schedule === now.schedule;
}
