import type { ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { Duplex } from 'node:stream';
import { ByteQueue } from './byte-queue.js';
import type { EnvironmentImage } from './environment-image.js';
import { type EnvironmentLog, EnvironmentOutput } from './environment-output.js';
import { eventFields } from './event-fields.js';
import { startProcess } from './function-process.js';
import type { HeaderFields } from './http-message.js';
import {
  failurePayload,
  type Invocation,
  type InvocationFailure,
  type InvocationResult,
  StreamError,
} from './invocation.js';
import { MemoryUse } from './memory-use.js';
import type { ProcessCensus } from './process-census.js';
import { processEnd } from './process-end.js';
import type { ProcessFamily } from './process-family.js';
import { killGroup } from './process-reaper.js';
import { type PlatformLines, platformLines } from './report-line.js';
import { type RunningEvent, tailOf } from './running-event.js';
import type { Poll, RuntimeApi, RuntimeSession, StreamSink } from './runtime-api.js';
import { RUNTIME_PIPE } from './runtime-pipe.js';

/** Lambda's limit of the init phase, in milliseconds. */
const INIT_LIMIT = 10_000;
/** Bytes of log that an Invoke with LogType Tail gives. */
const TAIL = 4096;

/** Events that an environment reports to its owner. */
export interface EnvironmentOwner {
  readonly idle: (environment: Environment) => void;
  /** `initFailure` is what an invocation that waited for it is to be answered with. */
  readonly ended: (environment: Environment, initFailure?: (requestId: string) => Uint8Array) => void;
}

/**
 * One execution environment: a process that handles one event at a time.
 * starting → idle ⇄ busy → ended; between the answer to an event and the poll for the next one it is `finishing`, and
 * `ending` while a process without an event is being ended.
 */
export class Environment {
  state: 'starting' | 'idle' | 'busy' | 'finishing' | 'ending' | 'ended' = 'starting';
  /** When it last became idle, by `performance.now()`. */
  idleSince = 0;
  readonly image: EnvironmentImage;
  readonly #owner: EnvironmentOwner;
  readonly #output: EnvironmentOutput;
  readonly #lines: PlatformLines;
  readonly #census: ProcessCensus;
  #process: ChildProcess | undefined;
  #family: ProcessFamily | undefined;
  #address = '';
  #closeSession: (() => void) | undefined;
  #poll: Poll | undefined;
  #running: RunningEvent | undefined;
  #initFailure: { readonly errorType: string; readonly payload: Buffer } | undefined;
  /** Runs from the beginning of the init phase, and of an event, until the process asks for the next one. */
  #limit: NodeJS.Timeout | undefined;
  #born = 0;
  /** Milliseconds of the init phase. */
  initDuration = 0;
  #initReported = false;
  readonly #memory: MemoryUse;
  #knownApiIds = '';
  /** Why the cloud ended the process, where it did. */
  #cause: 'timeout' | 'memory' | undefined;
  readonly #endWaiters: (() => void)[] = [];

  constructor(image: EnvironmentImage, owner: EnvironmentOwner, log: EnvironmentLog, census: ProcessCensus) {
    this.image = image;
    this.#owner = owner;
    this.#output = new EnvironmentOutput(log, TAIL);
    this.#census = census;
    this.#memory = new MemoryUse(image.memorySize);
    this.#lines = platformLines(image.version, image.memorySize, image.jsonLog);
  }

  /** Starts the process. Where that fails, the environment has ended, and its log says why. */
  async start(api: RuntimeApi): Promise<void> {
    try {
      await this.#start(api);
    } catch (error) {
      this.#failed(error);
    }
  }

  async #start(api: RuntimeApi): Promise<void> {
    const { address, close } = await api.open(this.#session());
    if (this.state === 'ended') return close();
    this.#closeSession = close;
    this.#born = performance.now();
    this.#output.write(Date.now(), this.#lines.initStart(), 'platform');
    this.#address = address;
    const child = startProcess(this.image, address);
    this.#process = child;
    if (child.pid !== undefined) this.#family = this.#census.register(child.pid, address);
    this.#limit = setTimeout(() => this.#end('timeout'), INIT_LIMIT + this.image.timeout * 1000);
    this.#output.read(child);
    const pipe: unknown = child.stdio[RUNTIME_PIPE];
    if (pipe instanceof Duplex) api.serve(pipe);
    child.on('error', (error) => this.#failed(error));
    child.on('exit', (code, signal) => {
      void this.#census.end(address);
      // The pipes may hold its last words; a process it left behind may hold the pipes.
      const late = setTimeout(() => this.#ended(code, signal), 200);
      child.on('close', () => {
        clearTimeout(late);
        this.#ended(code, signal);
      });
    });
  }

  /** Hands an event to an idle environment. Never rejects: however the function fails is an answer. */
  invoke(invocation: Invocation): Promise<InvocationResult> {
    const poll = this.#poll;
    if (poll === undefined || this.state !== 'idle') throw new Error('the environment is not idle');
    this.state = 'busy';
    this.#poll = undefined;
    const { requestId } = invocation;
    return new Promise((resolve) => {
      const deadline = Date.now() + this.image.timeout * 1000;
      this.#limit = setTimeout(() => this.#end('timeout'), this.image.timeout * 1000);
      this.#running = {
        invocation,
        started: performance.now(),
        duration: 0,
        resolve,
        output: this.#output.nextExcerpt(),
        report: '',
      };
      this.#output.write(Date.now(), this.#lines.start(requestId), 'platform');
      poll.send(eventFields(invocation, deadline) + this.#apiIdsField(), invocation.payload);
    });
  }

  /** The ids of APIs where they are others than the process knows. */
  #apiIdsField(): string {
    const ids = [...(this.image.apiIds?.() ?? [])].join(',');
    if (ids === this.#knownApiIds) return '';
    this.#knownApiIds = ids;
    return `Goblet-Api-Ids: ${ids}\r\n`;
  }

  /** Ends the process, whatever it does. Resolves when it and all that came of it have gone. */
  async end(): Promise<void> {
    if (this.state !== 'ended') {
      await new Promise<void>((resolve) => {
        this.#endWaiters.push(resolve);
        this.#end();
      });
    }
    await this.#census.end(this.#address);
  }

  /**
   * Looks how much memory its processes take up, and ends them where it is more than the function has.
   * @param exactly looks closer where they may share memory
   */
  measure(exactly: boolean): void {
    if (this.#cause === undefined && this.#memory.exceeds(this.#family, exactly)) this.#end('memory');
  }

  #session(): RuntimeSession {
    const isCurrent = (requestId: string): boolean => this.#running?.invocation.requestId === requestId;
    return {
      polled: (poll) => this.#polled(poll),
      responded: (requestId, headers, body) => {
        if (!isCurrent(requestId)) return false;
        const failed = body === undefined;
        this.#answer(failed ? failurePayload.tooLarge() : body, failed, headers);
        return true;
      },
      failed: (requestId, headers, body) => {
        if (!isCurrent(requestId)) return false;
        this.#answer(body, true, headers);
        return true;
      },
      streamed: (requestId, headers, flow) => (isCurrent(requestId) ? this.#stream(headers, flow) : undefined),
      initFailed: (headers, payload) => {
        this.#initFailure = { errorType: headers['lambda-runtime-function-error-type'] ?? 'Unknown', payload };
      },
    };
  }

  #polled(poll: Poll): void {
    // It asked for the next event without answering this one.
    if (this.#running) this.#answer(Buffer.from('null'), false, {});
    if (this.state === 'starting') {
      this.initDuration = performance.now() - this.#born;
      this.measure(false);
    }
    if (this.state === 'ending' || this.state === 'ended' || this.#cause !== undefined) return;
    clearTimeout(this.#limit);
    this.#poll = poll;
    this.state = 'idle';
    this.idleSince = performance.now();
    this.#owner.idle(this);
  }

  #answer(payload: Uint8Array, failed: boolean, headers: HeaderFields, failure?: InvocationFailure): void {
    // It has an answer, but would not have got so far on Lambda.
    if (failure === undefined && this.#outgrew(headers)) {
      this.#end('memory');
      return;
    }
    const running = this.#finish(headers, failure);
    if (running === undefined) return;
    const bytes = Number(headers['goblet-log-bytes'] ?? 0);
    running.resolve({
      kind: 'payload',
      payload,
      duration: running.duration,
      ...(failed && { functionError: 'Unhandled' as const }),
      log: async () => {
        await this.#output.framesRead(bytes);
        return tailOf(running, this.#lines, TAIL);
      },
    });
  }

  #stream(headers: HeaderFields, flow: (paused: boolean) => void): StreamSink | undefined {
    const running = this.#running;
    if (running === undefined) return undefined;
    const queue = new ByteQueue(flow);
    const finished = new Promise<void>((resolve) => {
      running.stream = { queue, finished: resolve };
    });
    running.resolve({
      kind: 'stream',
      contentType: headers['content-type'] ?? 'application/octet-stream',
      body: queue,
      finished,
    });
    return {
      chunk: (bytes) => queue.push(Buffer.from(bytes)),
      end: (trailers) => {
        const type = trailers['lambda-runtime-function-error-type'];
        const body = trailers['lambda-runtime-function-error-body'] ?? '';
        if (this.#outgrew(trailers)) {
          this.#end('memory');
          return;
        }
        this.#finish(trailers);
        queue.end(type === undefined ? undefined : new StreamError(type, Buffer.from(body, 'base64').toString()));
      },
    };
  }

  /** Takes leave of the current event and writes the lines about its end. */
  #finish(headers: HeaderFields, failure?: InvocationFailure): RunningEvent | undefined {
    const running = this.#running;
    if (running === undefined) return undefined;
    this.#running = undefined;
    if (this.state === 'busy') this.state = 'finishing';
    this.#memory.report(headers);
    const { requestId } = running.invocation;
    const now = Date.now();
    running.duration = performance.now() - running.started;
    const report = this.#lines.report(requestId, {
      duration: running.duration,
      ...(!this.#initReported && { initDuration: this.initDuration }),
      // At the limit the kernel drops pages of files first.
      maxMemoryUsed: this.#cause === 'memory' ? this.image.memorySize : this.#memory.used(),
      ...(failure && { failure }),
    });
    this.#initReported = true;
    this.#output.write(now, this.#lines.end(requestId, failure), 'platform');
    this.#output.write(now, report, 'platform');
    running.report = report;
    running.stream?.finished();
    return running;
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#output.write(Date.now(), `The environment could not be started: ${reason}`, 'function');
    this.#ended(1, null);
  }

  /** True if the processes have used more memory than the function has. */
  #outgrew(headers: HeaderFields): boolean {
    return this.#cause === 'memory' || this.#memory.exceeded(this.#family, headers);
  }

  #end(cause?: 'timeout' | 'memory'): void {
    this.#cause ??= cause;
    if (this.state === 'idle' || this.state === 'finishing') this.state = 'ending';
    const child = this.#process;
    const { pid } = child ?? {};
    if (child === undefined || pid === undefined) {
      this.#ended(null, 'SIGKILL');
      return;
    }
    // Who has come of it is seen best as long as it is there.
    void this.#census.look().then(() => {
      // Its number is its own as long as nobody has asked how it ended.
      if (child.exitCode === null && child.signalCode === null) killGroup(pid);
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.state === 'ended') return;
    const wasStarting = this.state === 'starting';
    this.state = 'ended';
    clearTimeout(this.#limit);
    this.#closeSession?.();
    this.#poll = undefined;
    const end = processEnd(this.#cause, code, signal, this.image.timeout);
    const failure = (requestId: string): Buffer =>
      (this.#cause === 'timeout' ? undefined : this.#initFailure?.payload) ?? end.payload(requestId);
    const running = this.#running;
    if (running) {
      const { requestId } = running.invocation;
      this.#output.write(Date.now(), end.line(requestId), 'function');
      const payload = failure(requestId);
      running.stream?.queue.end(new StreamError(end.streamErrorType, payload.toString()));
      this.#answer(payload, true, {}, end.failure);
    } else if (this.#cause === 'memory' && !wasStarting) {
      const { memorySize } = this.image;
      this.#output.write(
        Date.now(),
        `The environment was ended between two events: it held more than ${memorySize} MB`,
        'function',
      );
    }
    if (wasStarting && (this.#cause === 'memory' || signal !== 'SIGKILL')) {
      const errorType = this.#initFailure?.errorType ?? end.errorType;
      this.#output.write(Date.now(), this.#lines.initFailed(errorType, performance.now() - this.#born), 'function');
    }
    this.#output.end();
    this.#owner.ended(this, wasStarting ? failure : undefined);
    for (const resolve of this.#endWaiters) resolve();
  }
}
