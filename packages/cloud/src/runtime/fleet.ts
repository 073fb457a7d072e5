import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Environment, type EnvironmentImage, type EnvironmentOwner } from './environment.js';
import type { EnvironmentLog } from './environment-output.js';
import { ProcessReaper } from './process-reaper.js';
import { RuntimeApi } from './runtime-api.js';

/** Milliseconds after which an environment that nobody needs is ended; Lambda keeps them for some minutes too. */
const IDLE_LIMIT = 10 * 60_000;

/** As many processes as half of the memory holds, at 100 MB each. */
function processLimit(): number {
  return Math.min(200, Math.max(8, Math.floor(totalmem() / 2 / 100_000_000)));
}

/** All environments of the cloud: the port they speak to, how many there may be, and their end. */
export class Fleet {
  readonly #api = new RuntimeApi();
  readonly #reaper = new ProcessReaper();
  readonly #environments = new Set<Environment>();
  readonly #limit: number;
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(limit: number = processLimit()) {
    this.#limit = limit;
  }

  /**
   * Starts an environment, or gives undefined while there are as many processes as this machine should run. Then the
   * one that has been idle for the longest time is ended, to make room for the next try. Throws once it is closed.
   */
  start(image: EnvironmentImage, owner: EnvironmentOwner, log: EnvironmentLog): Environment | undefined {
    if (this.#closed) throw new Error('the cloud is stopping');
    if (this.#environments.size >= this.#limit) {
      void this.#longestIdle()?.end();
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
      this.#reaper,
    );
    this.#environments.add(environment);
    this.#sweep ??= setInterval(() => this.#endIdle(), 30_000).unref();
    void environment.start(this.#api);
    return environment;
  }

  /** Ends every environment, busy or not, and the port. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
    await Promise.all([...this.#environments].map((environment) => environment.end()));
    await this.#api.close();
    this.#reaper.close();
  }

  #endIdle(): void {
    const now = performance.now();
    for (const environment of this.#environments) {
      if (environment.state === 'idle' && now - environment.idleSince > IDLE_LIMIT) void environment.end();
    }
  }

  #longestIdle(): Environment | undefined {
    let longest: Environment | undefined;
    for (const environment of this.#environments) {
      if (environment.state === 'idle' && environment.idleSince < (longest?.idleSince ?? Infinity))
        longest = environment;
    }
    return longest;
  }
}
