import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Environment, type EnvironmentOwner } from './environment.js';
import type { EnvironmentImage } from './environment-image.js';
import type { EnvironmentLog } from './environment-output.js';
import { ProcessCensus } from './process-census.js';
import { ProcessReaper } from './process-reaper.js';
import { LOOK_EVERY } from './process-table.js';
import { RuntimeApi } from './runtime-api.js';

/** How long, in milliseconds, environments without an event are kept; Lambda keeps them for some minutes too. */
export interface IdleLimits {
  /** Those beside others of the same function. */
  readonly surplus: number;
  /** The last one of a function. */
  readonly last: number;
}

const IDLE_LIMITS: IdleLimits = { surplus: 60_000, last: 10 * 60_000 };
/** Milliseconds between two measurements of environments that handle events. */
const MEASURE_EVERY = 100;
/** Milliseconds after which it is seen that one has begun to handle an event. */
const IDLE_EVERY = 500;

/** As many processes as half of the memory holds, at 100 MB each. */
function processLimit(): number {
  return Math.min(200, Math.max(8, Math.floor(totalmem() / 2 / 100_000_000)));
}

/** All environments of the cloud: the port they speak to, how many there may be, what they take up, and their end. */
export class Fleet {
  readonly #api = new RuntimeApi();
  readonly #reaper = new ProcessReaper(this.#api.mark);
  readonly #census = new ProcessCensus(this.#reaper);
  readonly #environments = new Map<Environment, EnvironmentOwner>();
  readonly #limit: number;
  readonly #idleLimits: IdleLimits;
  #timer: NodeJS.Timeout | undefined;
  #looked = 0;
  #closed = false;

  constructor(limit: number = processLimit(), idleLimits: IdleLimits = IDLE_LIMITS) {
    this.#limit = limit;
    this.#idleLimits = idleLimits;
  }

  /**
   * Starts an environment, or returns undefined while this machine runs as many processes as it should. It then ends
   * the environment that has been idle for the longest time, to make room for the next attempt. Throws once it is
   * closed.
   * @param owner the same for all environments that can replace each other
   */
  start(image: EnvironmentImage, owner: EnvironmentOwner, log: EnvironmentLog): Environment | undefined {
    if (this.#closed) throw new Error('the cloud is stopping');
    if (this.#environments.size >= this.#limit) {
      void this.#idle()[0]?.end();
      return undefined;
    }
    const environment = new Environment(
      image,
      {
        idle: owner.idle,
        ended: (ended, failure) => {
          this.#environments.delete(ended);
          owner.ended(ended, failure);
        },
      },
      log,
      this.#census,
    );
    this.#environments.set(environment, owner);
    this.#timer ??= setTimeout(() => void this.#look(), MEASURE_EVERY).unref();
    void environment.start(this.#api);
    return environment;
  }

  /** Ends every environment, busy or not, and the port. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#environments.keys()].map((environment) => environment.end()));
    await this.#census.close();
    await this.#api.close();
    this.#reaper.close();
  }

  /** Measures busy environments often, and now and then all of them, with their processes. */
  async #look(): Promise<void> {
    const now = performance.now();
    const everything = now - this.#looked >= LOOK_EVERY;
    if (everything) {
      this.#looked = now;
      await this.#census.look();
      this.#endIdle();
    }
    let working = false;
    for (const environment of this.#environments.keys()) {
      if (environment.state !== 'idle') working = true;
      if (everything || environment.state !== 'idle') environment.measure(everything);
    }
    const again = this.#environments.size > 0 && !this.#closed;
    const wait = working ? MEASURE_EVERY : IDLE_EVERY;
    this.#timer = again ? setTimeout(() => void this.#look(), wait).unref() : undefined;
  }

  #endIdle(): void {
    const now = performance.now();
    const others = new Map<EnvironmentOwner, number>();
    for (const owner of this.#environments.values()) others.set(owner, (others.get(owner) ?? -1) + 1);
    for (const environment of this.#idle()) {
      const owner = this.#environments.get(environment);
      const beside = (owner && others.get(owner)) ?? 0;
      const limit = beside > 0 ? this.#idleLimits.surplus : this.#idleLimits.last;
      if (now - environment.idleSince <= limit) continue;
      if (owner) others.set(owner, beside - 1);
      void environment.end();
    }
  }

  /** Those without an event, the longest without one first. */
  #idle(): readonly Environment[] {
    return [...this.#environments.keys()]
      .filter(({ state }) => state === 'idle')
      .sort((a, b) => a.idleSince - b.idleSince);
  }
}
