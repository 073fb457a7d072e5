import type { Scope } from './operation.js';

/** The names and values of a metric's dimensions. */
export type Dimensions = Readonly<Record<string, string>>;

export type MetricUnit = 'Bytes' | 'Count' | 'Milliseconds' | 'Seconds';

/** The values of one metric in one minute, as a service measured them. */
export interface MeasuredMinute extends Scope {
  /** Unique among what is measured. */
  readonly source: string;
  readonly namespace: string;
  readonly name: string;
  readonly unit: MetricUnit;
  readonly dimensions: Dimensions;
  /** Epoch milliseconds at which the minute begins. */
  readonly minute: number;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: readonly (readonly [value: number, count: number])[];
}

const MINUTE = 60_000;
/** Milliseconds from the first value that is not reported yet until it is. */
const DELAY = 1000;
/** As many different values are kept apart in a minute; more are rounded, coarser each time. */
const MOST_VALUES = 300;
/** Significant digits of values, to begin with. */
const DIGITS = 3;

/** The values of one metric in one minute. */
class Minute {
  count = 0;
  sum = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  isReported = false;
  #values = new Map<number, number>();
  #digits = DIGITS;

  constructor(
    readonly start: number,
    readonly unit: MetricUnit,
  ) {}

  get values(): readonly (readonly [number, number])[] {
    return [...this.#values];
  }

  add(value: number): void {
    this.isReported = false;
    this.count++;
    this.sum += value;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    const kept = Number.isInteger(value) && value < 1000 ? value : Number(value.toPrecision(this.#digits));
    this.#values.set(kept, (this.#values.get(kept) ?? 0) + 1);
    if (this.#values.size > MOST_VALUES && this.#digits > 1) this.#coarsen();
  }

  #coarsen(): void {
    this.#digits--;
    const before = this.#values;
    this.#values = new Map();
    for (const [value, count] of before) {
      const kept = Number(value.toPrecision(this.#digits));
      this.#values.set(kept, (this.#values.get(kept) ?? 0) + count);
    }
  }
}

/** The metrics of one thing, such as a function, by their names. */
export class MetricSource {
  readonly #id: string;
  readonly #scope: Scope;
  readonly #namespace: string;
  readonly #dimensions: readonly Dimensions[];
  readonly #touched: () => number;
  readonly #minutes = new Map<string, Minute>();
  #past: (readonly [name: string, minute: Minute])[] = [];

  /**
   * @param id unique among all sources
   * @param dimensions each set is a metric of its own, as CloudWatch has it
   * @param touched called for each value; gives the time in epoch milliseconds
   */
  constructor(id: string, scope: Scope, namespace: string, dimensions: readonly Dimensions[], touched: () => number) {
    this.#id = id;
    this.#scope = { account: scope.account, region: scope.region };
    this.#namespace = namespace;
    this.#dimensions = dimensions;
    this.#touched = touched;
  }

  add(name: string, unit: MetricUnit, value = 1): void {
    this.#minute(name, unit).add(value);
  }

  /** For what has a value at each moment: the last one of a minute counts. */
  set(name: string, unit: MetricUnit, value: number): void {
    const minute = new Minute(this.#minute(name, unit).start, unit);
    minute.add(value);
    this.#minutes.set(name, minute);
  }

  /** The minutes that have changed since the last call. */
  take(): readonly MeasuredMinute[] {
    const current = [...this.#minutes].filter(([, minute]) => !minute.isReported);
    const changed = [...this.#past, ...current];
    this.#past = [];
    return changed.flatMap(([name, minute]) => {
      minute.isReported = true;
      const { start, unit, count, sum, minimum, maximum, values } = minute;
      const measured = { name, minute: start, unit, count, sum, minimum, maximum, values };
      return this.#dimensions.map((dimensions) => ({
        ...this.#scope,
        source: this.#id,
        namespace: this.#namespace,
        dimensions,
        ...measured,
      }));
    });
  }

  #minute(name: string, unit: MetricUnit): Minute {
    const now = this.#touched();
    const start = now - (now % MINUTE);
    const current = this.#minutes.get(name);
    if (current?.start === start) return current;
    if (current && !current.isReported) this.#past.push([name, current]);
    const minute = new Minute(start, unit);
    this.#minutes.set(name, minute);
    return minute;
  }
}

/** Receives what was measured, and keeps it. Of one source, metric and minute, a later report replaces an earlier one. */
export type MetricSink = (measured: readonly MeasuredMinute[]) => Promise<void>;

/**
 * The metrics of the cloud's own services. Values are added up in memory and reported together, so that a
 * request costs no write.
 */
export class ServiceMetrics {
  readonly #now: () => number;
  readonly #sources = new Map<string, MetricSource>();
  readonly #samplers: (() => void)[] = [];
  #sink: MetricSink | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Without a sink nothing is measured. */
  reportTo(sink: MetricSink): void {
    this.#sink = sink;
  }

  /** @param sample called before each report, to set what has a value at each moment */
  beforeReport(sample: () => void): void {
    this.#samplers.push(sample);
  }

  /**
   * The metrics of one thing; undefined if nobody wants to know them.
   * @param thing its name among those of its namespace, account and region
   * @param dimensions the sets of dimensions under which its values are reported
   */
  of(
    namespace: string,
    scope: Scope,
    thing: string,
    dimensions: () => readonly Dimensions[],
  ): MetricSource | undefined {
    if (this.#sink === undefined) return undefined;
    const id = `${namespace} ${scope.account} ${scope.region} ${thing}`;
    const known = this.#sources.get(id);
    if (known) return known;
    const source = new MetricSource(id, scope, namespace, dimensions(), () => this.#touch());
    this.#sources.set(id, source);
    return source;
  }

  /** Reports what was measured since the last report. */
  async flush(): Promise<void> {
    if (this.#sink === undefined) return;
    for (const sample of this.#samplers) sample();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const measured = [...this.#sources.values()].flatMap((source) => source.take());
    if (measured.length > 0) await this.#sink(measured);
  }

  #touch(): number {
    // Values that cannot be kept, as the cloud is about to end, are lost: metrics are no promise.
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), DELAY).unref();
    return this.#now();
  }
}
