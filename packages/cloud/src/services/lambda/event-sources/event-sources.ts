import type { Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import type { Invoker } from '../invocation/invoker.js';
import { notFound } from '../lambda-error.js';
import type { Checkpoint } from './checkpoint.js';
import { type EventSourceMapping, mappingConfiguration } from './event-source-mapping.js';
import type { Poller } from './poller.js';
import { sourceKindOf } from './source-kinds.js';

/** The event source mappings of every account and region, and what reads for those that are enabled. */
export class EventSources {
  readonly #state: Invoker;
  readonly #area: Area;
  readonly #checkpoints: Area;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #pollers = new Map<string, Poller>();
  readonly #ending = new Set<Promise<void>>();
  /** The mappings whose functions have handled records. */
  readonly #processed = new Set<string>();

  constructor(state: Invoker) {
    this.#state = state;
    this.#area = state.context.store.root.area('lambda-event-source-mappings');
    this.#checkpoints = state.context.store.root.area('lambda-stream-checkpoints');
  }

  /** Takes up the mappings of earlier runs of the cloud. */
  async resume(): Promise<void> {
    for await (const [uuid, mapping] of this.#area.range<EventSourceMapping>({})) {
      this.#mappings.set(uuid, mapping);
      this.#read(mapping);
    }
  }

  /** Reads nothing more. */
  stop(): void {
    for (const uuid of [...this.#pollers.keys()]) this.#endReading(uuid);
  }

  /** Resolves when what was read before `stop` is handled. */
  async finished(): Promise<void> {
    await Promise.all(this.#ending);
  }

  find(uuid: string, { account, region }: Scope): EventSourceMapping | undefined {
    const mapping = this.#mappings.get(uuid);
    return mapping?.account === account && mapping.region === region ? mapping : undefined;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(uuid: string, scope: Scope): EventSourceMapping {
    const mapping = this.find(uuid, scope);
    if (mapping) return mapping;
    throw notFound();
  }

  /** @param state of a mapping that an operation has just changed */
  describe(mapping: EventSourceMapping, state: string = mapping.enabled ? 'Enabled' : 'Disabled') {
    return mappingConfiguration(mapping, state, this.#processed.has(mapping.uuid));
  }

  list({ account, region }: Scope): readonly EventSourceMapping[] {
    return [...this.#mappings.values()].filter((each) => each.account === account && each.region === region);
  }

  async put(mapping: EventSourceMapping): Promise<void> {
    this.#mappings.set(mapping.uuid, mapping);
    await this.#area.batch([{ key: mapping.uuid, value: mapping }]);
    this.#read(mapping, this.#endReading(mapping.uuid));
  }

  /** Changes the tags of a mapping that is there; its reading goes on. */
  async changeTags(uuid: string, change: (tags: Tags) => Tags): Promise<void> {
    const mapping = this.#mappings.get(uuid);
    if (mapping === undefined) return;
    const changed = { ...mapping, tags: change(mapping.tags) };
    this.#mappings.set(uuid, changed);
    await this.#area.batch([{ key: uuid, value: changed }]);
  }

  async delete(uuid: string): Promise<void> {
    this.#mappings.delete(uuid);
    this.#processed.delete(uuid);
    this.#endReading(uuid);
    const keys = [this.#area, this.#checkpoints].map((area) => area.keyOf(uuid));
    for await (const [key] of this.#checkpoints.range({ gt: `${uuid}/`, lt: `${uuid}0` })) {
      keys.push(this.#checkpoints.keyOf(key));
    }
    await this.#state.context.store.root.batch(keys.map((key) => ({ key, value: undefined })));
  }

  #read(mapping: EventSourceMapping, previous: Promise<void> = Promise.resolve()): void {
    if (!mapping.enabled) return;
    const { poll } = sourceKindOf(mapping.eventSourceArn);
    this.#pollers.set(mapping.uuid, poll(this.#state, mapping, this.#checkpoint(mapping.uuid), previous));
  }

  #checkpoint(uuid: string): Checkpoint {
    const keyOf = (shardId?: string): string => (shardId === undefined ? uuid : `${uuid}/${shardId}`);
    return {
      load: async (shardId) => {
        const sequence = await this.#checkpoints.get<string>(keyOf(shardId));
        if (sequence !== undefined) this.#processed.add(uuid);
        return sequence;
      },
      save: async (sequence, shardId) => {
        // The last batch of a mapping may end after it was deleted.
        if (!this.#mappings.has(uuid)) return;
        this.#processed.add(uuid);
        await this.#checkpoints.batch([{ key: keyOf(shardId), value: sequence }]);
      },
    };
  }

  /** Resolves when what was read for the mapping is handled. */
  #endReading(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    if (poller === undefined) return Promise.resolve();
    this.#pollers.delete(uuid);
    poller.stop();
    const ending = poller.finished.finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }
}
