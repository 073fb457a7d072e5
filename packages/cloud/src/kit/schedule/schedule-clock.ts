/** Milliseconds after which the clock is looked at again: it may have been set, and a machine may have slept. */
const LOOK = 1000;

/** A schedule that is enabled, as the clock needs it. */
export interface PlannedSchedule<Item> {
  /** Its ARN. */
  readonly arn: string;
  readonly item: Item;
  /** Changes with the schedule, whose times are computed anew then. */
  readonly version: string;
  /**
   * When it is due next; undefined if it is never due again.
   * @param fired the time that was just fired, epoch milliseconds like the others
   */
  readonly next: (now: number, fired?: number) => number | undefined;
}

export interface ScheduleClockOptions<Item> {
  readonly schedules: () => Iterable<PlannedSchedule<Item>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /**
   * @param due epoch milliseconds at which it was due
   * @param isLast true if it is never due again
   */
  readonly fire: (item: Item, due: number, isLast: boolean) => void;
}

interface Plan {
  readonly version: string;
  /** Epoch milliseconds; undefined if it is never due again. */
  readonly due: number | undefined;
}

/** Fires schedules when they are due. Of several times that one look finds past, the first is fired. */
export class ScheduleClock<Item> {
  readonly #options: ScheduleClockOptions<Item>;
  readonly #plans = new Map<string, Plan>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;

  constructor(options: ScheduleClockOptions<Item>) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.look();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  /** To be called when a schedule was changed. */
  look(): void {
    if (!this.#isRunning) return;
    clearTimeout(this.#timer);
    const now = this.#options.now();
    const seen = new Set<string>();
    let soonest = Number.POSITIVE_INFINITY;
    for (const schedule of this.#options.schedules()) {
      seen.add(schedule.arn);
      soonest = Math.min(soonest, this.#lookAt(schedule, now) ?? soonest);
    }
    for (const arn of this.#plans.keys()) if (!seen.has(arn)) this.#plans.delete(arn);
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.look(), Math.min(LOOK, Math.max(0, soonest - now)));
  }

  /** Fires it if it is due, and gives when it is due next. */
  #lookAt({ arn, item, version, next }: PlannedSchedule<Item>, now: number): number | undefined {
    const plan = this.#plans.get(arn);
    let due = plan?.version === version ? plan.due : next(now);
    if (due !== undefined && due <= now) {
      const after = next(now, due);
      this.#options.fire(item, due, after === undefined);
      due = after;
    }
    this.#plans.set(arn, { version, due });
    return due;
  }
}
