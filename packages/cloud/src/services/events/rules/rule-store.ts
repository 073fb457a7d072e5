import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import type { Matches } from '../../../kit/event-pattern/pattern-rule.js';
import { RecordStore } from '../../../kit/record-store.js';
import { parseSchedule, type Schedule } from '../../../kit/schedule/schedule-expression.js';
import type { BusName } from '../buses/bus-name.js';
import { invalid, notFound } from '../events-error.js';
import type { Target } from '../targets/target.js';
import { compilePattern } from './pattern.js';
import { type RuleName, ruleArn } from './rule-name.js';

/** A rule, as it is stored. */
export interface RuleRecord extends RuleName {
  readonly description?: string | undefined;
  /** Text of JSON. */
  readonly pattern?: string | undefined;
  /** `rate(1 day)` */
  readonly schedule?: string | undefined;
  /** The role under which targets without a role of their own are called, where they need one. */
  readonly roleArn?: string | undefined;
  readonly enabled: boolean;
  readonly targets: readonly Target[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which it was enabled with this schedule: rates are counted from there. */
  readonly since: number;
}

/** A rule that can be asked. */
export interface Rule {
  readonly record: RuleRecord;
  readonly matches?: Matches | undefined;
  readonly schedule?: Schedule | undefined;
}

/** @throws AwsError InvalidEventPatternException, ValidationException */
export function compileRecord(record: RuleRecord): Rule {
  return {
    record,
    matches: record.pattern === undefined ? undefined : compilePattern(record.pattern),
    schedule: record.schedule === undefined ? undefined : compileSchedule(record.schedule),
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
  readonly #records: RecordStore<RuleRecord>;
  readonly #changed: () => void;
  readonly #rules = new Map<string, Rule>();

  /** @param changed called after every change of a rule */
  constructor(root: Area, changed: () => void) {
    this.#records = new RecordStore<RuleRecord>(root.area('events-rules'), ruleArn);
    this.#changed = changed;
  }

  async load(): Promise<void> {
    await this.#records.load();
    for (const record of this.#records.all) this.#rules.set(ruleArn(record), compileRecord(record));
  }

  get all(): Iterable<Rule> {
    return this.#rules.values();
  }

  find(name: RuleName): RuleRecord | undefined {
    return this.#records.find(ruleArn(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: RuleName): RuleRecord {
    const found = this.find(name);
    if (found === undefined) throw notFound(`Rule ${name.name} does not exist on EventBus ${name.bus}.`);
    return found;
  }

  /** The rules of an account and region, by name. */
  list(scope: Scope): readonly RuleRecord[] {
    return this.#records.list(scope, ({ name }) => name);
  }

  /** The rules of a bus, in no order. */
  on({ account, region, name }: BusName): readonly Rule[] {
    return [...this.#rules.values()].filter(
      ({ record }) => record.bus === name && record.account === account && record.region === region,
    );
  }

  /** @throws AwsError where its pattern or schedule is wrong */
  put(record: RuleRecord): Promise<void> {
    this.#rules.set(ruleArn(record), compileRecord(record));
    this.#changed();
    return this.#records.put(record);
  }

  delete(name: RuleName): Promise<void> {
    this.#rules.delete(ruleArn(name));
    this.#changed();
    return this.#records.delete(ruleArn(name));
  }
}
