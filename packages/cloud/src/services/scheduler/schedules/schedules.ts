import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { RecordStore } from '../../../kit/record-store.js';
import { type PlannedSchedule, ScheduleClock } from '../../../kit/schedule/schedule-clock.js';
import { notFound } from '../scheduler-error.js';
import { Executions } from './executions.js';
import { nextDue } from './next-due.js';
import {
  DEFAULT_GROUP,
  type GroupRecord,
  groupArn,
  type ScheduleName,
  type ScheduleRecord,
  scheduleArn,
} from './schedule-record.js';

/** Schedules and their groups, and the clock that fires them. */
export class Schedules {
  readonly executions: Executions;
  readonly #context: CloudContext;
  readonly #schedules: RecordStore<ScheduleRecord>;
  readonly #groups: RecordStore<GroupRecord>;
  readonly #clock: ScheduleClock<ScheduleRecord>;

  constructor(context: CloudContext) {
    const { root } = context.store;
    this.#context = context;
    this.executions = new Executions(context);
    this.#schedules = new RecordStore<ScheduleRecord>(root.area('scheduler-schedules'), scheduleArn);
    this.#groups = new RecordStore<GroupRecord>(root.area('scheduler-groups'), groupArn);
    this.#clock = new ScheduleClock({
      schedules: () => this.#enabled(),
      now: context.now,
      fire: (record, due, isLast) => {
        this.#fire(record, due, isLast).catch((error: unknown) => {
          const message = `the schedule ${record.name} could not be fired: ${String(error)}`;
          context.emit({ kind: 'warning', time: context.now(), message });
        });
      },
    });
  }

  async start(): Promise<void> {
    await Promise.all([this.#schedules.load(), this.#groups.load()]);
    await this.executions.resume();
    this.#clock.start();
  }

  stop(): void {
    this.#clock.stop();
    this.executions.stop();
  }

  *#enabled(): Iterable<PlannedSchedule<ScheduleRecord>> {
    for (const record of this.#schedules.all) {
      if (record.settings.State === 'DISABLED') continue;
      yield {
        arn: scheduleArn(record),
        item: record,
        version: String(record.modified),
        next: (now, fired = record.fired) => nextDue({ ...record, fired }, now),
      };
    }
  }

  async #fire(record: ScheduleRecord, due: number, isLast: boolean): Promise<void> {
    await this.executions.accept(record, due);
    const current = this.find(record);
    if (current?.modified !== record.modified) return;
    if (isLast && record.settings.ActionAfterCompletion === 'DELETE') await this.#schedules.delete(scheduleArn(record));
    else await this.#schedules.put({ ...current, fired: due });
  }

  find(name: ScheduleName): ScheduleRecord | undefined {
    return this.#schedules.find(scheduleArn(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: ScheduleName): ScheduleRecord {
    const record = this.find(name);
    if (!record) throw notFound(`Schedule ${name.name} does not exist.`);
    return record;
  }

  /** By group and name. */
  list(scope: Scope): readonly ScheduleRecord[] {
    return this.#schedules.list(scope, scheduleArn);
  }

  async put(record: ScheduleRecord): Promise<void> {
    await this.#schedules.put(record);
    this.#clock.look();
  }

  async delete(name: ScheduleName): Promise<void> {
    await this.#schedules.delete(scheduleArn(name));
    this.#clock.look();
  }

  /** Every account and region has the default group. */
  findGroup({ account, region }: Scope, name: string): GroupRecord | undefined {
    const found = this.#groups.find(groupArn({ account, region, name }));
    if (found || name !== DEFAULT_GROUP) return found;
    return { account, region, name, tags: {}, created: 0, modified: 0 };
  }

  /** @throws AwsError ResourceNotFoundException */
  getGroup(scope: Scope, name: string): GroupRecord {
    const group = this.findGroup(scope, name);
    if (!group) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  /** By name. */
  listGroups(scope: Scope): readonly GroupRecord[] {
    const own = this.#groups.list(scope, ({ name }) => name);
    const first = this.findGroup(scope, DEFAULT_GROUP);
    const all = first && !own.some(({ name }) => name === DEFAULT_GROUP) ? [...own, first] : own;
    return [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  putGroup(group: GroupRecord): Promise<void> {
    return this.#groups.put(group);
  }

  /** With its schedules. */
  async deleteGroup(group: GroupRecord): Promise<void> {
    for (const record of this.list(group)) if (record.group === group.name) await this.delete(record);
    await this.#groups.delete(groupArn(group));
  }

  get now(): number {
    return this.#context.now();
  }
}
