import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiDefinition, BUNDLE_FILE, buildBundle, type Inventory, takeInventory, writeBundle } from '@goblet/build';
import { CliError } from '../cli-error.js';
import { failureText } from '../failure-text.js';
import { ended, type Terminal } from '../terminal.js';
import type { WorkerTask } from './messages.js';
import { sourcesOf } from './sources.js';
import { versions } from './versions.js';
import { watchFiles } from './watch.js';

export interface LocalOptions {
  /** The app's file or folder; found by its defaults where left out. */
  readonly entry: string | undefined;
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly quiet: boolean;
}

/** What API Gateway gives a function at most, in milliseconds. */
const TIMEOUT = 29_000;

function refuseUnbound(inventory: Inventory, environment: Readonly<Record<string, string>>): void {
  const missing = inventory.environment
    .filter(({ name, required }) => required && environment[name] === undefined)
    .map(({ name }) => name);
  if (missing.length === 0) return;
  throw new CliError(
    'GOBLET_CLI_APP',
    `${inventory.name} needs ${missing.join(', ')} in its environment; start it as: ${missing.map((name) => `${name}=…`).join(' ')} npx goblet local`,
  );
}

function refuseKind(inventory: Inventory): void {
  if (inventory.api !== 'rest')
    throw new CliError(
      'GOBLET_CLI_APP',
      `${inventory.name} is an HTTP API (api: 'http'); goblet local serves REST APIs only so far`,
    );
}

/** Serves the app from source until told to end; every change of its sources becomes a new version. */
export async function superviseLocal(options: LocalOptions, terminal: Terminal): Promise<void> {
  const { bold, dim, red, green } = terminal.colors;
  const folder = mkdtempSync(join(tmpdir(), 'goblet-local-'));
  let latest: WorkerTask | undefined;
  const running = versions(options.environment, replace);
  let number = 0;

  async function build(): Promise<{ task: WorkerTask; inputs: readonly string[]; name: string }> {
    const { inventory, entry, inputs } = await takeInventory({
      ...(options.entry !== undefined && { entry: options.entry }),
      directory: options.directory,
    });
    refuseKind(inventory);
    refuseUnbound(inventory, options.environment);
    const bundle = await buildBundle({ entry, inventory, minify: false });
    number += 1;
    const target = join(folder, String(number));
    writeBundle({ ...bundle, files: sourcesOf(bundle.files, entry.project) }, target);
    const task: WorkerTask = {
      bundle: join(target, BUNDLE_FILE),
      definition: apiDefinition(inventory, { functionUri: (name) => name, userPoolArns: () => ['local'] }),
      inventory: { name: inventory.name },
      host: options.host,
      // Always as given: versions share the socket by the port they ask for, 0 included.
      port: options.port,
      timeout: TIMEOUT,
      quiet: options.quiet,
      colors: terminal.colors.isColorSupported,
    };
    return { task, inputs: [...inputs, ...bundle.inputs], name: inventory.name };
  }

  async function start(task: WorkerTask): Promise<number> {
    const port = await running.start(task);
    latest = task;
    return port;
  }

  let busy = false;
  let changed = false;
  /** One start at a time; a change that comes meanwhile is taken up after it. */
  async function alone(work: () => Promise<void>): Promise<void> {
    busy = true;
    try {
      await work();
    } catch (error) {
      terminal.note(`${red('not started')}: ${failureText(error)}`);
    } finally {
      busy = false;
    }
    if (!changed) return;
    changed = false;
    await alone(reload);
  }

  async function reload(): Promise<void> {
    const begun = performance.now();
    try {
      const { task, inputs } = await build();
      await start(task);
      watcher.files(inputs);
      terminal.note(`${green('reloaded')} ${dim(`in ${(performance.now() - begun).toFixed(0)} ms`)}`);
    } catch (error) {
      terminal.note(`${red('not reloaded')}: ${failureText(error)}`);
      terminal.note(dim('the version before goes on serving'));
    }
  }

  /** A version that has ended starts afresh, as a function's environment does, but not over and over. */
  function replace(what: string, asked: boolean): void {
    const ended = `${red('the app ended its process')} (${what})`;
    // What is being started takes its place anyway.
    if (busy) return;
    if (!latest || !asked) {
      terminal.note(`${ended} before anything was asked of it; it starts again with the next change`);
      return;
    }
    const task = latest;
    terminal.note(ended);
    void alone(async () => {
      await start(task);
      terminal.note(green('started again'));
    });
  }

  const watcher = watchFiles(() => {
    if (busy) changed = true;
    else void alone(reload);
  });

  try {
    const { task, inputs, name } = await build();
    const port = await start(task);
    watcher.files(inputs);
    const shown = options.host.includes(':') ? `[${options.host}]` : options.host;
    terminal.note(`${bold(name)} serving on ${bold(`http://${shown}:${port}`)} ${dim('until Ctrl-C; changes reload')}`);
    await ended(terminal.signal);
  } finally {
    watcher.close();
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
