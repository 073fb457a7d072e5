import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, type BuildFailure, fromFailure } from './build-error.js';
import { processEnded, stillLoading } from './errors/loading.js';
import type { ExplainReply } from './evaluate/child.js';

export interface ChildOptions {
  /** The file to load, for messages. */
  readonly file: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Milliseconds after which a file that is still loading is stopped.
   * @default 30 s
   */
  readonly timeout?: number;
  /**
   * Receives the output of the file while it loads.
   * @default - this process's stderr
   */
  readonly onOutput?: (chunk: Buffer) => void;
  /**
   * Puts the process's input into the work folder. The process starts earlier and receives a line when this is done; a
   * rejection ends it.
   * @default - the process does not wait
   */
  readonly prepare?: (workFolder: string) => Promise<void>;
}

const BIN = fileURLToPath(new URL('../bin/goblet-build.js', import.meta.url));
const TIMEOUT = 30_000;

/**
 * Runs `goblet-build` and reads its reply.
 * @throws BuildError for a failure in the reply, and for a process that ended without a reply
 */
export async function askChild<Reply extends object>(args: readonly string[], options: ChildOptions): Promise<Reply> {
  // Created here, because a killed process has no time to remove it.
  const workFolder = mkdtempSync(join(tmpdir(), 'goblet-inventory-'));
  try {
    const prepared = options.prepare?.(workFolder);
    return await replyOf<Reply>([...args, '--work', workFolder], options, prepared);
  } catch (error) {
    if (!(error instanceof StillLoading)) throw error;
    const { file, timeout = TIMEOUT } = options;
    const { stack } = await replyOf<ExplainReply>(['explain', '--work', workFolder], { ...options, timeout: TIMEOUT });
    throw new BuildError(stillLoading(file, timeout, stack));
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

class StillLoading extends Error {}

async function replyOf<Reply extends object>(
  args: readonly string[],
  options: ChildOptions,
  prepared?: Promise<void>,
): Promise<Reply> {
  const reply = JSON.parse(await textOf(args, options, prepared)) as Reply | { readonly failure: BuildFailure };
  if ('failure' in reply) throw fromFailure(reply.failure);
  return reply;
}

function textOf(args: readonly string[], options: ChildOptions, prepared?: Promise<void>): Promise<string> {
  const { file, cwd, environment, timeout = TIMEOUT, onOutput = (chunk) => process.stderr.write(chunk) } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args, '--fd', '3'], {
      cwd,
      env: environment,
      stdio: [prepared ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    const begin = () => {
      timer = setTimeout(() => {
        stopped = true;
        child.kill('SIGKILL');
      }, timeout);
    };
    if (prepared === undefined) begin();
    // The process may have ended; its close event reports that.
    child.stdin?.on('error', () => {});
    prepared?.then(
      () => {
        begin();
        child.stdin?.end('\n');
      },
      (error: unknown) => {
        child.kill('SIGKILL');
        reject(error);
      },
    );
    const chunks: Buffer[] = [];
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (stopped) reject(new StillLoading());
      else if (chunks.length > 0) resolve(Buffer.concat(chunks).toString());
      else reject(new BuildError(processEnded(file, code ?? signal)));
    });
  });
}
