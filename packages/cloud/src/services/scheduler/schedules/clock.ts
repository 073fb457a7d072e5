import { parseTiming } from './expression.js';
import { type ScheduleRecord, scheduleArn } from './schedule-record.js';

/** Milliseconds after which the clock is looked at again: it may have been set, and a machine may have slept. */
const LOOK = 1000;

export interface ClockOptions {
  readonly schedules: () => Iterable<ScheduleRecord>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @param due epoch milliseconds at which it was due @param isLast true if it is never due again */
  readonly fire: (record: ScheduleRecord, due: number, isLast: boolean) => void;
}

interface Planned {
  readonly record: ScheduleRecord;
  /** Epoch milliseconds; undefined where it never is due again. */
  readonly due: number | undefined;
}

/**
 * Fires schedules when they are due. Of several times that one look finds past, the first is fired; repeated runs that
 * were due while nothing ran are skipped, single ones are not.
 */
export class Clock {
  readonly #options: ClockOptions;
  readonly #planned = new Map<string, Planned>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;

  constructor(options: ClockOptions) {
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
    for (const record of this.#options.schedules()) {
      if (record.settings.State === 'DISABLED') continue;
      const arn = scheduleArn(record);
      seen.add(arn);
      soonest = Math.min(soonest, this.#lookAt(arn, record, now) ?? soonest);
    }
    for (const arn of this.#planned.keys()) if (!seen.has(arn)) this.#planned.delete(arn);
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.look(), Math.min(LOOK, Math.max(0, soonest - now)));
  }

  /** Fires it if it is due, and gives when it is due next. */
  #lookAt(arn: string, record: ScheduleRecord, now: number): number | undefined {
    const known = this.#planned.get(arn);
    const isKnown = known !== undefined && known.record.modified === record.modified;
    let due = isKnown ? known.due : nextDue(record, now);
    if (due !== undefined && due <= now) {
      const next = nextDue({ ...record, fired: due }, now);
      this.#options.fire(record, due, next === undefined);
      due = next;
    }
    this.#planned.set(arn, { record, due });
    return due;
  }
}

/** Epoch milliseconds. */
function nextDue({ settings, modified, fired }: ScheduleRecord, now: number): number | undefined {
  const { ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate } = settings;
  const { isOnce, next } = parseTiming(ScheduleExpression, ScheduleExpressionTimezone);
  const since = Math.max(modified, dateOf(StartDate) ?? 0);
  if (isOnce) return fired !== undefined && fired >= modified ? undefined : next(modified - 1, modified - 1);
  const due = next(Math.max(now, since - 1), since);
  const end = dateOf(EndDate);
  return due !== undefined && (end === undefined || due <= end) ? due : undefined;
}

/** Dates are text in the store. */
function dateOf(date: Date | string | undefined): number | undefined {
  return date === undefined ? undefined : new Date(date).getTime();
}
