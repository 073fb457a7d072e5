import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { Input } from '../../../model/client-types.js';
import { parseFilterPattern } from '../patterns/filter-pattern.js';
import type { FilterPattern } from '../patterns/log-match.js';

/** A filter of a log group, by its name in the group. */
export interface FilterName extends Scope {
  readonly group: string;
  readonly name: string;
}

interface LogFilter extends FilterName {
  readonly pattern: string;
  /** Epoch milliseconds. */
  readonly created: number;
}

export type MetricTransformation = Input<'logs', 'PutMetricFilter'>['metricTransformations'][number];

/** Makes values of metrics of the events that match. */
export interface MetricFilter extends LogFilter {
  readonly transformations: readonly MetricTransformation[];
}

/** Sends the events that match on. */
export interface SubscriptionFilter extends LogFilter {
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
  readonly distribution: 'ByLogStream' | 'Random';
}

// No group and no filter has a colon in its name.
const keyOf = ({ account, region, group, name }: FilterName): string => `${account}:${region}:${group}:${name}`;

/** The filters of one kind, of every account and region, with their patterns compiled. */
export class FilterStore<Filter extends LogFilter> {
  readonly #filters: RecordStore<Filter>;
  readonly #patterns = new WeakMap<Filter, FilterPattern>();
  /** By account, region and group, so that a group without filters costs one look. */
  readonly #groups = new Map<string, readonly Filter[]>();

  constructor(area: Area) {
    this.#filters = new RecordStore<Filter>(area, keyOf);
  }

  load(): Promise<void> {
    return this.#filters.load();
  }

  find(name: FilterName): Filter | undefined {
    return this.#filters.find(keyOf(name));
  }

  /** By group and name. */
  list(scope: Scope): readonly Filter[] {
    return this.#filters.list(scope, keyOf);
  }

  /** By name. */
  ofGroup(scope: Scope, group: string): readonly Filter[] {
    const key = keyOf({ ...scope, group, name: '' });
    const found = this.#groups.get(key) ?? this.list(scope).filter((filter) => filter.group === group);
    this.#groups.set(key, found);
    return found;
  }

  patternOf(filter: Filter): FilterPattern {
    const pattern = this.#patterns.get(filter) ?? parseFilterPattern(filter.pattern);
    this.#patterns.set(filter, pattern);
    return pattern;
  }

  put(filter: Filter): Promise<void> {
    this.#groups.clear();
    return this.#filters.put(filter);
  }

  delete(name: FilterName): Promise<void> {
    this.#groups.clear();
    return this.#filters.delete(keyOf(name));
  }

  async deleteGroup(scope: Scope, group: string): Promise<void> {
    for (const filter of this.ofGroup(scope, group)) await this.delete(filter);
  }
}
