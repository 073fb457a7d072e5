import type { HeaderFields } from './http-message.js';
import type { ProcessFamily } from './process-family.js';

const MEGABYTE = 1024 * 1024;

/** The memory that the processes of an environment use, against that of their function. */
export class MemoryUse {
  /** MB */
  readonly #memorySize: number;
  /** Bytes */
  #most = 0;

  constructor(memorySize: number) {
    this.#memorySize = memorySize;
  }

  /** MB, as Lambda reports it. */
  used(): number {
    return Math.min(this.#memorySize, Math.ceil(this.#most / MEGABYTE));
  }

  /**
   * Looks how much memory the processes take up; true if it is more than the function has.
   * @param exactly looks closer where they may share memory
   */
  exceeds(family: ProcessFamily | undefined, exactly: boolean): boolean {
    if (family === undefined) return false;
    const limit = this.#memorySize * MEGABYTE;
    const { held, files } = family.memory();
    this.#most = Math.max(this.#most, held + files);
    return held + files > limit && family.holdMore(limit, exactly);
  }

  /** True if the processes have used more memory than the function has between two checks, by their own report. */
  exceeded(family: ProcessFamily | undefined, headers: HeaderFields): boolean {
    const limit = this.#memorySize * MEGABYTE;
    const peak = peakOf(headers);
    return peak > limit && peak - (family?.memory().files ?? 0) > limit;
  }

  /** Takes the peak that a process reports with its answer. */
  report(headers: HeaderFields): void {
    this.#most = Math.max(this.#most, peakOf(headers));
  }
}

/** The peak of what the process took up, in bytes, as its bootstrap tells it with each answer. */
function peakOf(headers: HeaderFields): number {
  const kilobytes = Number(headers['goblet-max-rss'] ?? 0);
  return kilobytes > 0 ? kilobytes * 1024 : 0;
}
