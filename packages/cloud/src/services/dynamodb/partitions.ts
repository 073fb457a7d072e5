import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
import { Partition } from './engine/partition.js';
import { sweep } from './engine/sweep.js';

/** AWS deletes expired items within days; here it is seconds, so that one can watch. */
const SWEEP_MILLISECONDS = 10_000;

/** The partitions of one cloud, each made when first used, and the sweep that goes over all of them. */
export class Partitions {
  readonly #context: CloudContext;
  readonly #partitions = new Map<string, Partition>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(context: CloudContext) {
    this.#context = context;
  }

  get({ account, region }: Scope): Partition {
    const name = `${account}/${region}`;
    const known = this.#partitions.get(name);
    if (known) return known;
    const { store, now } = this.#context;
    const partition = new Partition({ account, region }, store.area(account, region, 'dynamodb'), now);
    this.#partitions.set(name, partition);
    return partition;
  }

  /** The accounts and regions that have or had tables: written down when one gets its first, for the next start. */
  get #scopes() {
    return this.#context.store.root.area('dynamodb-scopes');
  }

  async remember({ account, region }: Scope): Promise<void> {
    const name = `${account}/${region}`;
    if (await this.#scopes.get(name)) return;
    await this.#scopes.batch([{ key: name, value: { account, region } }]);
  }

  async start(): Promise<void> {
    for await (const [, scope] of this.#scopes.range<Scope>({})) this.get(scope);
    this.#timer = setInterval(() => this.#sweepAll(), SWEEP_MILLISECONDS).unref();
    this.#sweepAll();
  }

  #sweepAll(): void {
    this.#sweeping = this.#sweeping.then(async () => {
      for (const partition of this.#partitions.values()) {
        if (this.#stopping.signal.aborted) return;
        await sweep(partition, this.#stopping.signal).catch((error: unknown) => {
          const message = `the sweep of DynamoDB in ${partition.account} ${partition.region} failed: ${error}`;
          this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
        });
      }
    });
  }

  /** Resolves when nothing writes any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#sweeping;
  }
}
