import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Scope } from '../../../core/operation.js';
import type { RecordStore } from '../../../kit/record-store.js';
import type { Destination } from '../destinations/destination-store.js';
import type { LogEvent } from '../log-store.js';
import type { LogMatch } from '../patterns/log-match.js';
import { embeddedMetrics, type MetricReport } from './embedded-metrics.js';
import { FilterStore, type MetricFilter, type MetricTransformation, type SubscriptionFilter } from './filter-store.js';
import { Subscriptions } from './subscription.js';

/** Metrics of one PutMetricData. */
const MOST_REPORTS = 1000;

/** The filters of log groups, and what becomes of the events that come in. */
export class LogFilters {
  readonly metrics: FilterStore<MetricFilter>;
  readonly subscriptions: FilterStore<SubscriptionFilter>;
  readonly destinations: Subscriptions;
  readonly #context: CloudContext;
  #last: Promise<void> = Promise.resolve();

  constructor(context: CloudContext, destinations: RecordStore<Destination>) {
    const { root } = context.store;
    this.#context = context;
    this.metrics = new FilterStore<MetricFilter>(root.area('logs-metric-filters'));
    this.subscriptions = new FilterStore<SubscriptionFilter>(root.area('logs-subscription-filters'));
    this.destinations = new Subscriptions(context, destinations);
  }

  async load(): Promise<void> {
    await Promise.all([this.metrics.load(), this.subscriptions.load()]);
  }

  /** Resolves when the events that came in so far are sent on. */
  get settled(): Promise<void> {
    return this.#last;
  }

  async deleteGroup(scope: Scope, group: string): Promise<void> {
    await this.metrics.deleteGroup(scope, group);
    await this.subscriptions.deleteGroup(scope, group);
  }

  /** Takes events that are stored. Who wrote them does not wait for what becomes of them. */
  accept({ account, region }: Scope, group: string, stream: string, events: readonly LogEvent[]): void {
    const scope = { account, region };
    const metrics = this.metrics.ofGroup(scope, group);
    const subscriptions = this.subscriptions.ofGroup(scope, group);
    const embedded = events.flatMap(({ message, timestamp }) => embeddedMetrics(message, timestamp));
    const reports = [...embedded, ...metrics.flatMap((filter) => this.#reportsOf(filter, events))];
    if (reports.length === 0 && subscriptions.length === 0) return;
    this.#last = this.#last.then(async () => {
      await this.#attempt('metrics of', group, () => this.#report(scope, reports));
      for (const filter of subscriptions) {
        await this.#attempt(`the subscription ${filter.name} of`, group, () => this.#send(filter, stream, events));
      }
    });
  }

  #reportsOf(filter: MetricFilter, events: readonly LogEvent[]): readonly MetricReport[] {
    const matches = this.metrics.patternOf(filter);
    return filter.transformations.flatMap((transformation) => {
      const found = events.flatMap(({ message, timestamp }) => {
        const match = matches(message);
        return match ? reportOf(transformation, match, timestamp) : [];
      });
      const { defaultValue } = transformation;
      const last = events.at(-1);
      if (found.length > 0 || defaultValue === undefined || last === undefined) return found;
      return [{ ...nameOf(transformation), dimensions: [], value: defaultValue, time: last.timestamp }];
    });
  }

  async #report(scope: Scope, reports: readonly MetricReport[]): Promise<void> {
    const call = internalCall(scope, { kind: 'root', account: scope.account });
    const namespaces = new Set(reports.map(({ namespace }) => namespace));
    for (const Namespace of namespaces) {
      const all = reports.filter(({ namespace }) => namespace === Namespace);
      for (let at = 0; at < all.length; at += MOST_REPORTS) {
        const MetricData = all.slice(at, at + MOST_REPORTS).map(({ name, dimensions, value, unit, time }) => ({
          MetricName: name,
          Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
          ...(typeof value === 'number' ? { Value: value } : { Values: value }),
          Unit: unit,
          Timestamp: new Date(time),
        }));
        await this.#context.dispatch('cloudwatch', 'PutMetricData', { Namespace, MetricData }, call);
      }
    }
  }

  async #send(filter: SubscriptionFilter, stream: string, events: readonly LogEvent[]): Promise<void> {
    const matches = this.subscriptions.patternOf(filter);
    const sent = events.flatMap(({ id, timestamp, message }) => {
      const match = matches(message);
      if (match === undefined) return [];
      const hasFields = Object.keys(match.extracted).length > 0 && filter.pattern.trim().startsWith('[');
      return [{ id, timestamp, message, ...(hasFields && { extractedFields: fieldsOf(match) }) }];
    });
    if (sent.length > 0) await this.destinations.send(filter, stream, sent);
  }

  async #attempt(what: string, group: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${what} the log group ${group} could not be sent: ${reason}`;
      this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
    }
  }
}

/** Without the `$` of their selectors. */
const fieldsOf = ({ extracted }: LogMatch) =>
  Object.fromEntries(Object.entries(extracted).map(([selector, value]) => [selector.slice(1), value]));

const nameOf = ({ metricNamespace, metricName, unit }: MetricTransformation) => ({
  namespace: metricNamespace,
  name: metricName,
  unit,
});

/** The value of a metric that an event makes; none where its selector finds no number. */
function reportOf(transformation: MetricTransformation, match: LogMatch, time: number): readonly MetricReport[] {
  const { metricValue, dimensions = {} } = transformation;
  const found = metricValue.startsWith('$') ? match.valueOf(metricValue) : metricValue;
  const value = Number(found);
  if (found === undefined || found === null || found === '' || Number.isNaN(value)) return [];
  const named = Object.entries(dimensions).map(([name, selector]) => [name, match.valueOf(selector)] as const);
  // AWS reports nothing of an event that lacks a dimension.
  if (named.some(([, each]) => each === undefined || each === null)) return [];
  return [{ ...nameOf(transformation), dimensions: named.map(([name, each]) => [name, String(each)]), value, time }];
}
