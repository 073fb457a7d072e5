import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import { notFound } from '../events-error.js';
import { type ArchiveName, replayArn } from './archive-name.js';

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** A replay, as it is stored. Times are epoch milliseconds. */
export interface ReplayRecord extends ArchiveName {
  readonly description?: string | undefined;
  /** The ARN of the archive. */
  readonly source: string;
  /** The ARN of the bus. */
  readonly destination: string;
  /** ARNs of the rules that get the events. @default - every rule of the bus */
  readonly filterArns?: readonly string[] | undefined;
  readonly from: number;
  readonly until: number;
  readonly state: ReplayState;
  readonly reason?: string | undefined;
  /** The time of the last event that was sent once more. */
  readonly lastReplayed?: number | undefined;
  readonly started: number;
  readonly ended?: number | undefined;
}

/** The replays of every account and region. */
export class ReplayStore {
  readonly #records: RecordStore<ReplayRecord>;

  constructor(root: Area) {
    this.#records = new RecordStore<ReplayRecord>(root.area('events-replays'), replayArn);
  }

  load(): Promise<void> {
    return this.#records.load();
  }

  get all(): Iterable<ReplayRecord> {
    return this.#records.all;
  }

  find(name: ArchiveName): ReplayRecord | undefined {
    return this.#records.find(replayArn(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: ArchiveName): ReplayRecord {
    const found = this.find(name);
    if (found === undefined) throw notFound(`Replay ${name.name} does not exist.`);
    return found;
  }

  list(scope: Scope): readonly ReplayRecord[] {
    return this.#records.list(scope, ({ name }) => name);
  }

  put(record: ReplayRecord): Promise<void> {
    return this.#records.put(record);
  }
}
