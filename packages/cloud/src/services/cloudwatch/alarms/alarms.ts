import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { type Metric, metricId, metricOf } from '../metrics/metric.js';
import type { MetricStore } from '../metrics/metric-store.js';
import { actionsOf, runAction } from './alarm-actions.js';
import { type AlarmRecord, alarmArn, FIRST_REASON, type StateValue } from './alarm-record.js';
import { alarmsInRule, compileAlarmRule } from './alarm-rule.js';
import type { AlarmStore } from './alarm-store.js';
import { evaluateAlarm } from './evaluate-alarm.js';

/** Milliseconds after which all alarms are looked at again: data may be missing by then. */
const LOOK = 10_000;

type NewState = Pick<AlarmRecord['state'], 'value' | 'reason' | 'data'>;

/** Watches metrics and other alarms, and does what alarms are for when their states change. */
export class Alarms {
  readonly #context: CloudContext;
  readonly #metrics: MetricStore;
  readonly #store: AlarmStore;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(context: CloudContext, metrics: MetricStore, store: AlarmStore) {
    this.#context = context;
    this.#metrics = metrics;
    this.#store = store;
  }

  async start(): Promise<void> {
    await this.#store.load();
    this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  /** To be called after an alarm was put or data was reported: looks at those that it may concern. */
  look(scope: Scope, metrics?: readonly Metric[]): void {
    const ids = metrics && new Set(metrics.map(metricId));
    const concerned = this.#store.list(scope).filter((alarm) => ids === undefined || watches(alarm, ids));
    this.#run(this.#evaluate(concerned));
    this.#watch();
  }

  /** Gives an alarm a state, and does its actions where that is another one. */
  async setState(alarm: AlarmRecord, { value, reason, data }: NewState): Promise<void> {
    const { state: before } = alarm;
    const now = this.#context.now();
    const isChange = before.value !== value;
    const changed: AlarmRecord = {
      ...alarm,
      state: { value, reason, data, updated: now, transitioned: isChange ? now : before.transitioned },
    };
    await this.#store.put(changed);
    if (!isChange) return;
    await this.#store.note(changed, {
      time: now,
      kind: 'StateUpdate',
      summary: `Alarm updated from ${before.value} to ${value}`,
      data: JSON.stringify({
        version: '1.0',
        oldState: stateData(before),
        newState: stateData(changed.state),
      }),
    });
    for (const action of actionsOf(changed)) await this.#act(changed, before, action);
    await this.#evaluateComposites(alarm);
  }

  async #act(alarm: AlarmRecord, before: AlarmRecord['state'], action: string): Promise<void> {
    try {
      await runAction(this.#context, alarm, before, action);
      await this.#store.note(alarm, {
        time: this.#context.now(),
        kind: 'Action',
        summary: `Successfully executed action ${action}`,
        data: JSON.stringify({ actionState: 'Succeeded', notificationResource: action, version: '1.0' }),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `the action ${action} of the alarm ${alarmArn(alarm)} failed: ${reason}`;
      this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
    }
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch((error: unknown) => {
        if (this.#stopped) return;
        const message = `alarms could not be evaluated: ${String(error)}`;
        this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#store.all.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#run(this.#context.metrics.flush().then(() => this.#evaluate(this.#store.all)));
      this.#watch();
    }, LOOK);
    this.#timer.unref();
  }

  async #evaluate(alarms: readonly AlarmRecord[]): Promise<void> {
    for (const { account, region, name } of alarms) {
      const scope = { account, region };
      // It may have changed while another one was evaluated.
      const alarm = this.#store.find(scope, name);
      if (alarm?.kind === 'composite') await this.#evaluateComposite(alarm);
      if (alarm?.kind !== 'metric') continue;
      const evaluated = await evaluateAlarm(alarm.settings, scope, this.#context.now(), this.#metrics);
      const current = this.#store.find(scope, name);
      if (evaluated && current && current.state.value !== evaluated.value) await this.setState(current, evaluated);
    }
  }

  async #evaluateComposites(scope: Scope): Promise<void> {
    for (const alarm of this.#store.list(scope)) if (alarm.kind === 'composite') await this.#evaluateComposite(alarm);
  }

  async #evaluateComposite(alarm: AlarmRecord & { readonly kind: 'composite' }): Promise<void> {
    const rule = compileAlarmRule(alarm.settings.AlarmRule);
    if (rule === undefined) return;
    const states = new Map(
      this.#store.list(alarm).flatMap((each) => [
        [each.name, each.state.value],
        [alarmArn(each), each.state.value],
      ]),
    );
    const value: StateValue = rule((name) => states.get(name)) ? 'ALARM' : 'OK';
    if (alarm.state.value === value) return;
    if (alarm.state.reason === FIRST_REASON) {
      const reason = `${alarmArn(alarm)} was created and its alarm rule evaluates to ${value}`;
      await this.setState(alarm, { value, reason, data: this.#triggers(alarm) });
      return;
    }
    await this.setState(alarm, {
      value,
      reason: `${alarmArn(alarm)} transitioned to ${value} by its rule ${alarm.settings.AlarmRule}`,
    });
  }

  /** The states of the alarms in a rule. JSON */
  #triggers(alarm: AlarmRecord & { readonly kind: 'composite' }): string {
    const all = new Map(
      this.#store.list(alarm).flatMap((one) => [[one.name, one] as const, [alarmArn(one), one] as const]),
    );
    const triggeringAlarms = alarmsInRule(alarm.settings.AlarmRule ?? '').flatMap((name) => {
      const one = all.get(name);
      if (!one) return [];
      const { value, updated } = one.state;
      const timestamp = new Date(updated).toISOString().replace('Z', '+0000');
      return [{ arn: alarmArn(one), state: { value, timestamp } }];
    });
    return JSON.stringify({ triggeringAlarms });
  }
}

function stateData({ value, reason, data }: AlarmRecord['state']) {
  return {
    stateValue: value,
    stateReason: reason,
    ...(data !== undefined && { stateReasonData: JSON.parse(data) }),
  };
}

/** True if an alarm is about one of these metrics. */
function watches(alarm: AlarmRecord, ids: ReadonlySet<string>): boolean {
  if (alarm.kind === 'composite') return false;
  const { MetricName, Namespace, Dimensions, Metrics = [] } = alarm.settings;
  const queried = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
  return [{ MetricName, Namespace, Dimensions }, ...queried].some(
    (named) =>
      named.MetricName !== undefined &&
      named.Namespace !== undefined &&
      ids.has(
        metricId(metricOf({ MetricName: named.MetricName, Namespace: named.Namespace, Dimensions: named.Dimensions })),
      ),
  );
}
