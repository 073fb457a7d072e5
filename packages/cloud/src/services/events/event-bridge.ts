import type { CloudContext } from '../../core/cloud.js';
import { ScheduleClock } from '../../kit/schedule/schedule-clock.js';
import { ArchiveStore } from './archives/archive-store.js';
import { ReplayStore } from './archives/replay-store.js';
import { Replayer } from './archives/replayer.js';
import type { BusEvent } from './buses/bus-event.js';
import { type BusName, busArn } from './buses/bus-name.js';
import { BusStore } from './buses/bus-store.js';
import { Connections } from './connections/connections.js';
import { Deliveries } from './deliveries/deliveries.js';
import { ruleArn } from './rules/rule-name.js';
import { type RuleRecord, RuleStore } from './rules/rule-store.js';
import { scheduledEvent } from './rules/scheduled-event.js';
import { scheduledRules } from './rules/scheduled-rules.js';

/** An event's way to a bus, where it is not that of PutEvents. */
export interface EventWay {
  /** The trace of X-Ray that it belongs to. */
  readonly trace?: string | undefined;
  /** It came from another bus. */
  readonly isForwarded?: boolean;
  /** It goes to the rules that have one of these ARNs alone. */
  readonly ruleArns?: readonly string[] | undefined;
}

/** Buses, rules, archives, and events on their way from the buses through the rules to targets. */
export class EventBridge {
  readonly buses: BusStore;
  readonly rules: RuleStore;
  readonly archives: ArchiveStore;
  readonly replays: ReplayStore;
  readonly replayer: Replayer;
  readonly connections: Connections;
  readonly #context: CloudContext;
  readonly #deliveries: Deliveries;
  readonly #clock: ScheduleClock<RuleRecord>;

  constructor(context: CloudContext) {
    const { root } = context.store;
    this.#context = context;
    this.connections = new Connections(root);
    this.#deliveries = new Deliveries(context);
    this.buses = new BusStore(root, context.now);
    this.rules = new RuleStore(root, () => this.#clock.look());
    this.archives = new ArchiveStore(root, context.now);
    this.replays = new ReplayStore(root);
    this.replayer = new Replayer({
      context,
      archives: this.archives,
      replays: this.replays,
      send: (bus, event, ruleArns) => this.#toRules(bus, event, { ruleArns }),
    });
    this.#clock = new ScheduleClock({
      schedules: () => scheduledRules(this.rules.all),
      now: context.now,
      fire: (rule, due) => {
        this.#deliveries.accept([rule], scheduledEvent(rule, due)).catch((error: unknown) => {
          this.#warn(`the schedule of ${rule.name} could not be fired: ${String(error)}`);
        });
      },
    });
  }

  async start(): Promise<void> {
    await this.buses.load();
    await this.rules.load();
    await this.archives.load();
    await this.replays.load();
    await this.connections.load();
    await this.#deliveries.resume();
    this.replayer.resume();
    this.#clock.start();
  }

  stop(): void {
    this.#clock.stop();
    this.replayer.stop();
    this.#deliveries.stop();
  }

  /**
   * Hands an event to the archives of a bus, and to the targets of its rules that match. A bus that is not there takes it
   * too, as on AWS.
   */
  async put(bus: BusName, event: BusEvent, way: EventWay = {}): Promise<void> {
    if (this.buses.find(bus) === undefined) {
      this.#warn(`an event of ${event.source} was put on ${busArn(bus)}, which is not there; it is lost, as on AWS`);
      return;
    }
    await this.archives.keep(bus, event);
    await this.#toRules(bus, event, way);
  }

  async #toRules(bus: BusName, event: BusEvent, { ruleArns, ...way }: EventWay): Promise<void> {
    const matching = this.rules.on(bus).flatMap(({ record, matches }) => {
      const isMeant = ruleArns === undefined || ruleArns.length === 0 || ruleArns.includes(ruleArn(record));
      return record.enabled && isMeant && matches?.(event) ? [record] : [];
    });
    await this.#deliveries.accept(matching, event, way);
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}
