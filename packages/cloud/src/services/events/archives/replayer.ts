import type { CloudContext } from '../../../core/cloud.js';
import type { BusEvent } from '../buses/bus-event.js';
import { type BusName, parseBusArn } from '../buses/bus-name.js';
import { type ArchiveName, parseArchiveArn } from './archive-name.js';
import type { ArchiveStore } from './archive-store.js';
import type { ReplayRecord, ReplayStore } from './replay-store.js';

/** Milliseconds for which a replay is being started, so that it can be cancelled. */
const STARTING = 500;

export interface ReplayerOptions {
  readonly context: Pick<CloudContext, 'now' | 'emit'>;
  readonly archives: ArchiveStore;
  readonly replays: ReplayStore;
  /** Hands an event to the rules of a bus, or to those of them that have one of some ARNs. */
  readonly send: (bus: BusName, event: BusEvent, ruleArns: readonly string[] | undefined) => Promise<void>;
}

/** Sends the events of archives once more. A replay that a restart cut off goes on with the last event that it sent. */
export class Replayer {
  readonly #options: ReplayerOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  /** Goes on with what an earlier run of the cloud left. */
  resume(): void {
    for (const replay of this.#options.replays.all) {
      if (replay.ended === undefined) this.start(replay);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Runs a replay behind the call that starts it. */
  start(replay: ReplayRecord): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#run(replay).catch((error: unknown) => this.#fail(replay, error));
    }, STARTING);
    this.#timers.add(timer);
  }

  async #run(name: ArchiveName): Promise<void> {
    const { archives, replays } = this.#options;
    const { source, destination, from, until, filterArns, lastReplayed } = await this.#change(name, (replay) =>
      replay.state === 'STARTING' ? { state: 'RUNNING' } : {},
    );
    const archive = parseArchiveArn(source);
    const bus = parseBusArn(destination);
    if (archive === undefined || bus === undefined) throw new Error(`${source} or ${destination} has no such name`);
    const events = archives.eventsOf(archives.get(archive));
    for await (const event of events.between(lastReplayed ?? from, until)) {
      if (this.#stopped) return;
      if (replays.get(name).state === 'CANCELLING') break;
      const { resources, detail, ...envelope } = event;
      await this.#options.send(bus, { ...envelope, 'replay-name': name.name, resources, detail }, filterArns);
      await this.#change(name, () => ({ lastReplayed: Date.parse(event.time) }));
    }
    await this.#end(name, replays.get(name).state === 'CANCELLING' ? { state: 'CANCELLED' } : { state: 'COMPLETED' });
  }

  async #fail(name: ArchiveName, error: unknown): Promise<void> {
    if (this.#stopped) return;
    const reason = error instanceof Error ? error.message : String(error);
    await this.#end(name, { state: 'FAILED', reason }).catch(() => {});
    const { context } = this.#options;
    context.emit({ kind: 'warning', time: context.now(), message: `the replay ${name.name} failed: ${reason}` });
  }

  #end(name: ArchiveName, change: Partial<ReplayRecord>): Promise<ReplayRecord> {
    return this.#change(name, () => ({ ...change, ended: this.#options.context.now() }));
  }

  async #change(name: ArchiveName, change: (replay: ReplayRecord) => Partial<ReplayRecord>): Promise<ReplayRecord> {
    const { replays } = this.#options;
    const replay = replays.get(name);
    const changed = { ...replay, ...change(replay) };
    await replays.put(changed);
    return changed;
  }
}
