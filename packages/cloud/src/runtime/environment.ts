import { type ChildProcess, spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ByteQueue } from './byte-queue.js';
import { type EnvironmentLog, EnvironmentOutput, type Excerpt } from './environment-output.js';
import type { HeaderFields } from './http-message.js';
import {
  exitReason,
  failurePayload,
  type Invocation,
  type InvocationFailure,
  type InvocationResult,
  StreamError,
} from './invocation.js';
import type { ProcessCensus } from './process-census.js';
import type { ProcessFamily } from './process-family.js';
import { killGroup } from './process-reaper.js';
import { type PlatformLines, platformLines } from './report-line.js';
import type { Poll, RuntimeApi, RuntimeSession, StreamSink } from './runtime-api.js';
import { RUNTIME_PIPE } from './runtime-pipe.js';

/** The same file from the sources (tests) and from the build. */
const BOOTSTRAP = fileURLToPath(new URL('../../dist/runtime/bootstrap/main.js', import.meta.url));
/** Lambda's limit of the init phase, in milliseconds. */
const INIT_LIMIT = 10_000;
/** Bytes of log that an Invoke with LogType Tail gives. */
const TAIL = 4096;
const MEGABYTE = 1024 * 1024;

/** The input with which an environment starts. */
export interface EnvironmentImage {
  readonly version: string;
  /** MB */
  readonly memorySize: number;
  /** Seconds */
  readonly timeout: number;
  /** The folder of the unpacked code. */
  readonly taskRoot: string;
  /** A program that starts the runtime, which its arguments are (`AWS_LAMBDA_EXEC_WRAPPER`). */
  readonly wrapper?: string | undefined;
  /** The whole environment of the process, except the address of the Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which its credentials expire. */
  readonly expiration: number;
  readonly jsonLog: boolean;
}

/** Events that an environment reports to its owner. */
export interface EnvironmentOwner {
  readonly idle: (environment: Environment) => void;
  /** `initFailure` is what an invocation that waited for it is to be answered with. */
  readonly ended: (environment: Environment, initFailure?: (requestId: string) => Uint8Array) => void;
}

interface Running {
  readonly invocation: Invocation;
  readonly started: number;
  readonly resolve: (result: InvocationResult) => void;
  stream?: { readonly queue: ByteQueue; readonly finished: () => void };
  readonly output: Excerpt;
  report: string;
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
  #running: Running | undefined;
  #initFailure: { readonly errorType: string; readonly payload: Buffer } | undefined;
  /** Runs from the beginning of the init phase, and of an event, until the process asks for the next one. */
  #limit: NodeJS.Timeout | undefined;
  #born = 0;
  /** Milliseconds of the init phase. */
  initDuration = 0;
  #initReported = false;
  /** Bytes */
  #maxMemory = 0;
  /** Why the cloud ended the process, where it did. */
  #cause: 'timeout' | 'memory' | undefined;
  readonly #endWaiters: (() => void)[] = [];

  constructor(image: EnvironmentImage, owner: EnvironmentOwner, log: EnvironmentLog, census: ProcessCensus) {
    this.image = image;
    this.#owner = owner;
    this.#output = new EnvironmentOutput(log, TAIL);
    this.#census = census;
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
    const [command, ...parameters] = this.#program();
    const child = spawn(command, parameters, {
      cwd: this.image.taskRoot,
      env: { ...this.image.variables, AWS_LAMBDA_RUNTIME_API: address },
      // Output, errors, log frames (log-frame.ts), and the Runtime API by a pipe, which costs half of what its port does.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
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

  /** The runtime, behind the function's wrapper if it has one: a shell says as on Lambda that there is no such program. */
  #program(): readonly [string, ...string[]] {
    const { memorySize, wrapper } = this.image;
    const runtime = [process.execPath, ...heapLimits(memorySize), BOOTSTRAP] as const;
    return wrapper === undefined ? runtime : ['/bin/sh', '-c', 'exec "$0" "$@"', wrapper, ...runtime];
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
        resolve,
        output: this.#output.nextExcerpt(),
        report: '',
      };
      this.#output.write(Date.now(), this.#lines.start(requestId), 'platform');
      poll.send(
        `Lambda-Runtime-Aws-Request-Id: ${requestId}\r\nLambda-Runtime-Deadline-Ms: ${deadline}\r\n` +
          `Lambda-Runtime-Invoked-Function-Arn: ${invocation.invokedArn}\r\nLambda-Runtime-Trace-Id: ${invocation.traceId}\r\n` +
          (invocation.clientContext === undefined
            ? ''
            : `Lambda-Runtime-Client-Context: ${asciiJson(invocation.clientContext)}\r\n`),
        invocation.payload,
      );
    });
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
    const limit = this.image.memorySize * MEGABYTE;
    if (this.#family === undefined || this.#cause !== undefined) return;
    const { held, files } = this.#family.memory();
    this.#maxMemory = Math.max(this.#maxMemory, held + files);
    if (held + files > limit && this.#family.holdMore(limit, exactly)) this.#end('memory');
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
      ...(failed && { functionError: 'Unhandled' as const }),
      log: async () => {
        await this.#output.framesRead(bytes);
        return this.#tail(running);
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
  #finish(headers: HeaderFields, failure?: InvocationFailure): Running | undefined {
    const running = this.#running;
    if (running === undefined) return undefined;
    this.#running = undefined;
    if (this.state === 'busy') this.state = 'finishing';
    this.#maxMemory = Math.max(this.#maxMemory, peakOf(headers));
    const { requestId } = running.invocation;
    const now = Date.now();
    const report = this.#lines.report(requestId, {
      duration: performance.now() - running.started,
      ...(!this.#initReported && { initDuration: this.initDuration }),
      maxMemoryUsed: this.#memoryUsed(),
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

  /** MB, as Lambda tells it: at the limit the kernel drops pages of files first. */
  #memoryUsed(): number {
    const { memorySize } = this.image;
    return this.#cause === 'memory' ? memorySize : Math.min(memorySize, Math.ceil(this.#maxMemory / MEGABYTE));
  }

  /**
   * True if the processes have used more memory than the function has, if necessary by their own report between two
   * checks.
   */
  #outgrew(headers: HeaderFields): boolean {
    if (this.#cause === 'memory') return true;
    const limit = this.image.memorySize * MEGABYTE;
    const peak = peakOf(headers);
    return peak > limit && peak - (this.#family?.memory().files ?? 0) > limit;
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
    const failure = (requestId: string): Buffer => {
      if (this.#cause === 'timeout') return failurePayload.timedOut(requestId, this.image.timeout);
      return this.#initFailure?.payload ?? failurePayload.exited(requestId, exitReason(code, signal));
    };
    const running = this.#running;
    if (running) {
      const { requestId } = running.invocation;
      const timedOut = this.#cause === 'timeout';
      const message = timedOut
        ? `${new Date().toISOString()} ${requestId} Task timed out after ${this.image.timeout.toFixed(2)} seconds\n`
        : `RequestId: ${requestId} Error: ${exitReason(code, signal)}\nRuntime.ExitError`;
      this.#output.write(Date.now(), message, 'function');
      const payload = failure(requestId);
      running.stream?.queue.end(
        new StreamError(timedOut ? 'Sandbox.Timedout' : 'Runtime.ExitError', payload.toString()),
      );
      this.#answer(
        payload,
        true,
        {},
        timedOut ? { status: 'timeout' } : { status: 'error', errorType: this.#errorType() },
      );
    } else if (this.#cause === 'memory' && !wasStarting) {
      const { memorySize } = this.image;
      this.#output.write(
        Date.now(),
        `The environment was ended between two events: it held more than ${memorySize} MB`,
        'function',
      );
    }
    if (wasStarting && (this.#cause === 'memory' || signal !== 'SIGKILL')) {
      const errorType = this.#initFailure?.errorType ?? this.#errorType();
      this.#output.write(Date.now(), this.#lines.initFailed(errorType, performance.now() - this.#born), 'function');
    }
    this.#output.end();
    this.#owner.ended(this, wasStarting ? failure : undefined);
    for (const resolve of this.#endWaiters) resolve();
  }

  #errorType(): 'Runtime.ExitError' | 'Runtime.OutOfMemory' {
    return this.#cause === 'memory' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
  }

  #tail(running: Running): string {
    const { requestId } = running.invocation;
    const text = `${this.#lines.start(requestId)}\n${running.output.text}${this.#lines.end(requestId)}\n${running.report}\n`;
    return Buffer.from(text).subarray(-TAIL).toString();
  }
}

/** JSON in the characters that a header may hold. */
function asciiJson(json: string): string {
  return json
    .replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[\r\n]/g, ' ');
}

/** The peak of what the process took up, in bytes, as its bootstrap tells it with each answer. */
function peakOf(headers: HeaderFields): number {
  const kilobytes = Number(headers['goblet-max-rss'] ?? 0);
  return kilobytes > 0 ? kilobytes * 1024 : 0;
}

/** The limits of the heap that Lambda's Node.js runtimes start with: a tenth of the memory for what is young. */
function heapLimits(memorySize: number): readonly string[] {
  const young = Math.floor(memorySize / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memorySize - young}`];
}
