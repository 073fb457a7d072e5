import type { Area } from '../../core/store.js';
import type { Matches } from '../../kit/event-pattern/pattern-rule.js';
import type { BusName } from './bus-name.js';
import { invalid, notFound } from './events-error.js';
import { compilePattern } from './pattern.js';
import { type RuleName, ruleArn } from './rule-name.js';
import { parseSchedule, type Schedule } from './schedule/schedule-expression.js';
import type { Target } from './target.js';

/** A rule, as it is stored. */
export interface RuleRecord extends RuleName {
  readonly description?: string;
  /** Text of JSON. */
  readonly pattern?: string;
  /** `rate(1 day)` */
  readonly schedule?: string;
  readonly enabled: boolean;
  readonly targets: readonly Target[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which it was enabled with this schedule: rates are counted from there. */
  readonly since: number;
}

/** A rule that can be asked. */
export interface Rule {
  readonly record: RuleRecord;
  readonly matches?: Matches;
  readonly schedule?: Schedule;
}

/** @throws AwsError InvalidEventPatternException, ValidationException */
export function compileRecord(record: RuleRecord): Rule {
  return {
    record,
    ...(record.pattern !== undefined && { matches: compilePattern(record.pattern) }),
    ...(record.schedule !== undefined && { schedule: compileSchedule(record.schedule) }),
  };
}

function compileSchedule(expression: string): Schedule {
  try {
    return parseSchedule(expression);
  } catch {
    throw invalid('Parameter ScheduleExpression is not valid.');
  }
}

/** The rules of every account and region. */
export class RuleStore {
  readonly #area: Area;
  readonly #changed: () => void;
  readonly #rules = new Map<string, Rule>();

  /** @param changed called after every change of a rule */
  constructor(root: Area, changed: () => void) {
    this.#area = root.area('events-rules');
    this.#changed = changed;
  }

  async load(): Promise<void> {
    for await (const [arn, record] of this.#area.range<RuleRecord>({})) this.#rules.set(arn, compileRecord(record));
  }

  get all(): Iterable<Rule> {
    return this.#rules.values();
  }

  find(name: RuleName): RuleRecord | undefined {
    return this.#rules.get(ruleArn(name))?.record;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: RuleName): RuleRecord {
    const found = this.find(name);
    if (found === undefined) throw notFound(`Rule ${name.name} does not exist on EventBus ${name.bus}.`);
    return found;
  }

  /** The rules of a bus, by name. */
  on({ account, region, name }: BusName): readonly Rule[] {
    return [...this.#rules.values()]
      .filter(({ record }) => record.bus === name && record.account === account && record.region === region)
      .sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
  }

  /** @throws AwsError where its pattern or schedule is wrong */
  async put(record: RuleRecord): Promise<void> {
    this.#rules.set(ruleArn(record), compileRecord(record));
    this.#changed();
    await this.#area.batch([{ key: ruleArn(record), value: record }]);
  }

  async delete(name: RuleName): Promise<void> {
    this.#rules.delete(ruleArn(name));
    this.#changed();
    await this.#area.batch([{ key: ruleArn(name), value: undefined }]);
  }
}
