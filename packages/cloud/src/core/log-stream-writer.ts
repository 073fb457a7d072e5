import { AwsError } from './aws-error.js';
import { failedWith } from './aws-failure.js';
import type { CloudContext } from './cloud.js';
import type { Call } from './operation.js';

/** Milliseconds between two writes to CloudWatch Logs. */
const INTERVAL = 200;
/** Limits of one PutLogEvents. */
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_000_000;
/** Bytes that CloudWatch Logs adds to each event. */
const OVERHEAD = 26;
const LONGEST_MESSAGE = 256 * 1024 - OVERHEAD;
/** Characters that wait to be written, beyond which lines are dropped: they can come faster than a disk takes them. */
const MOST_WAITING = 16_000_000;

export interface LogStreamTarget {
  readonly group: string;
  readonly stream: string;
  /** True if a missing group is created. */
  readonly makesGroup: boolean;
  /** A call by whom the log is written for: only what that one may write is written. */
  readonly call: () => Promise<Call>;
  /** Told once where the log may not be written, or is not there; what comes after is not written. */
  readonly refused: (error: AwsError) => void;
}

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Writes lines to one log stream of CloudWatch Logs, some times a second. */
export class LogStreamWriter {
  readonly #context: CloudContext;
  readonly #target: LogStreamTarget;
  #events: LogEvent[] = [];
  #waiting = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #written: Promise<void> = Promise.resolve();
  #stream: 'unmade' | 'made' | 'refused' = 'unmade';

  constructor(context: CloudContext, target: LogStreamTarget) {
    this.#context = context;
    this.#target = target;
  }

  /** @param time epoch milliseconds */
  write(time: number, message: string): void {
    if (this.#stream === 'refused') return;
    if (this.#waiting > MOST_WAITING) {
      this.#dropped++;
      return;
    }
    this.#waiting += message.length;
    this.#events.push({ timestamp: time, message: message.length > LONGEST_MESSAGE ? cut(message) : message });
    this.#timer ??= setTimeout(() => void this.flush(), INTERVAL);
  }

  /** Writes what there is. Resolves when all that was written before is in CloudWatch Logs, or refused. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#events;
    if (this.#dropped > 0) {
      const message = `${this.#dropped} lines of log were dropped: they came faster than they could be written\n`;
      events.push({ timestamp: this.#context.now(), message });
      this.#dropped = 0;
    }
    if (events.length > 0) {
      this.#events = [];
      const size = events.reduce((sum, { message }) => sum + message.length, 0);
      this.#written = this.#written
        .then(() => this.#put(events))
        .then(() => {
          this.#waiting = Math.max(0, this.#waiting - size);
        });
    }
    return this.#written;
  }

  /** Writes what there is, and makes no stream or group any more. */
  async finish(): Promise<void> {
    await this.flush();
    if (this.#stream === 'unmade') this.#stream = 'refused';
  }

  async #put(events: LogEvent[]): Promise<void> {
    if (this.#stream === 'refused') return;
    const { group, stream, refused } = this.#target;
    try {
      const call = await this.#target.call();
      if (this.#stream === 'unmade') {
        await this.#makeStream(call);
        this.#stream = 'made';
      }
      // Lines of one stream may come by different ways.
      events.sort((a, b) => a.timestamp - b.timestamp);
      for (const batch of batches(events)) {
        const input = { logGroupName: group, logStreamName: stream, logEvents: batch };
        await this.#context.dispatch('logs', 'PutLogEvents', input, call);
      }
    } catch (error) {
      if (!(error instanceof AwsError)) {
        this.#context.emit({
          kind: 'warning',
          time: this.#context.now(),
          message: `log of ${group}: ${String(error)}`,
        });
        return;
      }
      this.#stream = 'refused';
      refused(error);
    }
  }

  async #makeStream(call: Call): Promise<void> {
    const { group, stream, makesGroup } = this.#target;
    const input = { logGroupName: group, logStreamName: stream };
    try {
      await this.#context.dispatch('logs', 'CreateLogStream', input, call);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'ResourceAlreadyExistsException') return;
      if (error.code !== 'ResourceNotFoundException' || !makesGroup) throw error;
      await this.#context
        .dispatch('logs', 'CreateLogGroup', { logGroupName: group }, call)
        .catch((failure: unknown) => {
          if (!failedWith(failure, 'ResourceAlreadyExistsException')) throw failure;
        });
      await this.#context.dispatch('logs', 'CreateLogStream', input, call);
    }
  }
}

function cut(message: string): string {
  return Buffer.from(message).subarray(0, LONGEST_MESSAGE).toString();
}

function* batches(events: readonly LogEvent[]): Generator<readonly LogEvent[]> {
  let batch: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + OVERHEAD;
    if (batch.length === MOST_EVENTS || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
