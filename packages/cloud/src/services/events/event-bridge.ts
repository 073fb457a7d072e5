import type { CloudContext } from '../../core/cloud.js';
import { type BusEvent, scheduledEvent } from './bus-event.js';
import { type BusName, busArn } from './bus-name.js';
import { BusStore } from './bus-store.js';
import { Deliveries } from './deliveries.js';
import { RuleStore } from './rule-store.js';
import { Scheduler } from './scheduler.js';

/** Buses, rules, and events on their way from the ones through the others to targets. */
export class EventBridge {
  readonly buses: BusStore;
  readonly rules: RuleStore;
  readonly #context: CloudContext;
  readonly #deliveries: Deliveries;
  readonly #scheduler: Scheduler;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#deliveries = new Deliveries(context);
    this.buses = new BusStore(context.store.root);
    this.rules = new RuleStore(context.store.root, () => this.#scheduler.look());
    this.#scheduler = new Scheduler({
      rules: () => this.rules.all,
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
    await this.#deliveries.resume();
    this.#scheduler.start();
  }

  stop(): void {
    this.#scheduler.stop();
    this.#deliveries.stop();
  }

  /** Hands an event to the targets of the rules of a bus that match. A bus that is not there takes it too, as on AWS. */
  async put(bus: BusName, event: BusEvent): Promise<void> {
    if (this.buses.find(bus) === undefined) {
      this.#warn(`an event of ${event.source} was put on ${busArn(bus)}, which is not there; it is lost, as on AWS`);
    }
    const matching = this.rules.on(bus).filter(({ record, matches }) => record.enabled && matches?.(event));
    await this.#deliveries.accept(
      matching.map(({ record }) => record),
      event,
    );
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}
