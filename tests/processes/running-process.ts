import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A program that runs, with everything it has printed so far. */
export class RunningProcess implements AsyncDisposable {
  #output = '';
  #standardOutput = '';
  #hasColors = false;
  #copy: string | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #exited: Promise<number>;
  #exitCode: number | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly command: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        const plain = stripVTControlCharacters(text);
        this.#output += plain;
        if (this.#copy !== undefined) appendFileSync(this.#copy, plain);
        if (stream === child.stdout) this.#standardOutput += plain;
        if (plain !== text) this.#hasColors = true;
        this.#wake();
      });
    }
    this.#exited = once(child, 'close').then(([code, signal]) => {
      this.#exitCode = code ?? (signal ? 128 : 1);
      this.#wake();
      return this.#exitCode ?? 1;
    });
  }

  static start(command: string, args: readonly string[], options: ProcessOptions): RunningProcess {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return new RunningProcess(child, [command, ...args].join(' '));
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Everything printed to standard output and standard error, without colours. */
  get output(): string {
    return this.#output;
  }

  /** What of it was printed to standard output. */
  get standardOutput(): string {
    return this.#standardOutput;
  }

  /** Whether anything that it printed was coloured. */
  get hasColors(): boolean {
    return this.#hasColors;
  }

  /** Writes the output to a file too, for other processes: what there is, and all that comes. */
  copyTo(file: string): void {
    writeFileSync(file, this.#output);
    this.#copy = file;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.command} did not start`);
    return this.child.pid;
  }

  /** Resolves to the exit code. */
  exited(): Promise<number> {
    return this.#exited;
  }

  /** Resolves to the first match in the output; throws where the program ends without having printed one. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match) return match;
      if (this.#exitCode !== undefined) {
        throw new Error(`${this.command} ended with ${this.#exitCode} and never printed ${pattern}:\n${this.#output}`);
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Sends a signal to the program and to all that it started, as Ctrl-C in a terminal does. */
  signal(signal: NodeJS.Signals): void {
    if (this.#exitCode !== undefined) return;
    process.kill(-this.pid, signal);
  }

  /** Whether any process of its group still runs; one that has ended and waits to be reaped does not. */
  groupIsAlive(): boolean {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat='], { encoding: 'utf8' });
    return stdout.split('\n').some((line) => {
      const [group, state = ''] = line.trim().split(/\s+/);
      return Number(group) === this.pid && !state.startsWith('Z');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal('SIGINT');
    await this.exited();
  }
}

/** Runs a program to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const running = RunningProcess.start(command, args, options);
  const exitCode = await running.exited();
  return { exitCode, output: running.output };
}
