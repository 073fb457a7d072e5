import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BUNDLE_FILE,
  buildBundle,
  type Inventory,
  linkPackages,
  type StageOptions,
  takeInventory,
  writeBundle,
} from '@goblet/build';
import { failureText } from '../terminal/failure-text.js';
import { ended, type Terminal } from '../terminal/terminal.js';
import { OneAtATime } from '../watch/one-at-a-time.js';
import { type FileWatcher, watchFiles } from '../watch/watch-files.js';
import { type AssumedResults, assumeCallers } from './assumed-callers.js';
import { type LocalEvent, localEventText } from './local-event.js';
import type { WorkerTask } from './messages.js';
import { servedApi } from './served-api.js';
import { checkedKinds, refuseUnservable, unservedSources } from './served-app.js';
import { signingKey } from './signing-key.js';
import { sourcesOf } from './sources.js';
import { type Versions, versions } from './versions.js';

export interface LocalOptions {
  /** The app's file or folder; found by default if omitted. */
  readonly entry: string | undefined;
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The AWS that the app calls, as a sentence. */
  readonly target: string;
  /** Milliseconds for a function; undefined for API Gateway's limit. */
  readonly timeout: number | undefined;
  /** The only accepted API key; undefined for a new one. */
  readonly apiKey: string | undefined;
  readonly assumed: AssumedResults;
  readonly stage: StageOptions;
  readonly quiet: boolean;
  /** JSON lines on standard output instead of text on standard error. */
  readonly json: boolean;
}

/** Milliseconds that API Gateway waits for a function: the default of REST APIs, and the maximum of HTTP APIs. */
const GATEWAY_TIMEOUT = { rest: 29_000, http: 30_000 } as const;

/** A version of the app that is built, and its files. */
interface BuiltVersion {
  readonly task: WorkerTask;
  readonly inputs: readonly string[];
  readonly inventory: Inventory;
}

/** Serves an app, and starts a new version with every change of its files. */
class Supervisor {
  readonly #folder = mkdtempSync(join(tmpdir(), 'goblet-local-'));
  // Versions change; the key stays the same.
  readonly #apiKey: string;
  readonly #versions: Versions;
  readonly #turns: OneAtATime;
  readonly #watcher: FileWatcher;
  #number = 0;
  #latest: WorkerTask | undefined;

  constructor(
    private readonly options: LocalOptions,
    private readonly terminal: Terminal,
  ) {
    this.#apiKey = options.apiKey ?? randomBytes(20).toString('hex');
    this.#versions = versions(options.environment, (what, asked) => this.#replace(what, asked));
    this.#turns = new OneAtATime(() => this.#reload(), terminal.signal);
    this.#watcher = watchFiles((paths) => this.#turns.changed(paths));
  }

  /** Serves until the terminal's signal aborts. */
  async run(): Promise<void> {
    const { options } = this;
    this.#tell({ kind: 'target', message: options.target, notChecked: Object.keys(options.assumed) });
    const { task, inputs, inventory } = await this.#build();
    const port = await this.#start(task);
    this.#watcher.files(inputs);
    const unserved = unservedSources(inventory);
    if (unserved !== undefined) this.#tell({ kind: 'notice', message: unserved });
    this.#tellCredentials(checkedKinds(inventory, options.assumed));
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    this.#tell({ kind: 'serving', name: inventory.name, api: inventory.api, url: `http://${host}:${port}` });
    await ended(this.terminal.signal);
  }

  async close(): Promise<void> {
    this.#watcher.close();
    await this.#versions.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #tell(event: LocalEvent): void {
    if (this.options.json) this.terminal.out(JSON.stringify(event));
    else this.terminal.note(localEventText(event, this.terminal.colors));
  }

  async #build(): Promise<BuiltVersion> {
    const { options } = this;
    const { inventory, entry, inputs } = await takeInventory({
      ...(options.entry !== undefined && { entry: options.entry }),
      directory: options.directory,
    });
    refuseUnservable(inventory, options.environment);
    const { api, callers } = assumeCallers(servedApi(inventory, options.stage), inventory, options.assumed);
    const bundle = await buildBundle({ entry, inventory, minify: false, installed: true });
    this.#number += 1;
    const target = join(this.#folder, String(this.#number));
    writeBundle({ ...bundle, files: sourcesOf(bundle.files, entry.project) }, target);
    linkPackages(bundle.external, entry, target);
    const task: WorkerTask = {
      bundle: join(target, BUNDLE_FILE),
      api,
      callers,
      apiKey: this.#apiKey,
      host: options.host,
      // Always the requested port: versions share the socket by that number, including 0.
      port: options.port,
      timeout: options.timeout ?? GATEWAY_TIMEOUT[inventory.api],
      quiet: options.quiet,
      json: options.json,
      colors: this.terminal.colors.isColorSupported,
    };
    return { task, inputs: [...inputs, ...bundle.inputs], inventory };
  }

  async #start(task: WorkerTask): Promise<number> {
    const port = await this.#versions.start(task);
    this.#latest = task;
    return port;
  }

  async #reload(): Promise<void> {
    const begun = performance.now();
    try {
      const { task, inputs } = await this.#build();
      await this.#start(task);
      this.#watcher.files(inputs);
      this.#tell({ kind: 'reloaded', milliseconds: Math.round(performance.now() - begun) });
    } catch (error) {
      if (!this.terminal.signal.aborted) this.#tell({ kind: 'notReloaded', message: failureText(error) });
    }
  }

  /** A version that has ended is restarted, as Lambda restarts a function's environment, but not repeatedly. */
  #replace(what: string, asked: boolean): void {
    // The version that is starting replaces it anyway.
    if (this.#turns.busy) return;
    const task = asked ? this.#latest : undefined;
    this.#tell({ kind: 'ended', what, startsAgain: task !== undefined });
    if (task !== undefined) void this.#turns.run(() => this.#startAgain(task));
  }

  async #startAgain(task: WorkerTask): Promise<void> {
    try {
      await this.#start(task);
      this.#tell({ kind: 'startedAgain' });
    } catch (error) {
      this.#tell({ kind: 'notStarted', message: failureText(error) });
    }
  }

  #tellCredentials(kinds: ReadonlySet<string>): void {
    if (kinds.has('apiKey')) this.#tell({ kind: 'apiKey', value: this.#apiKey });
    if (kinds.has('iam')) {
      const key = signingKey(this.options.environment);
      const message = key
        ? `IAM routes accept requests signed with the key ${key.accessKeyId}`
        : 'IAM routes refuse every request: the environment has no key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) to verify signatures';
      this.#tell({ kind: 'notice', message });
    }
    for (const kind of ['cognito', 'jwt']) {
      if (!kinds.has(kind)) continue;
      const message = `${kind} routes answer 501: goblet local does not verify tokens; state the caller with --auth <authorizer>='{"sub":"ann"}'`;
      this.#tell({ kind: 'notice', message });
    }
  }
}

/** Serves the app from source until the command ends. Every change of its sources starts a new version. */
export async function superviseLocal(options: LocalOptions, terminal: Terminal): Promise<void> {
  const supervisor = new Supervisor(options, terminal);
  const running = supervisor.run();
  // Ctrl-C also ends a start; its result no longer matters.
  running.catch(() => {});
  try {
    await Promise.race([running, ended(terminal.signal)]);
  } catch (error) {
    if (!terminal.signal.aborted) throw error;
  } finally {
    await supervisor.close();
  }
}
