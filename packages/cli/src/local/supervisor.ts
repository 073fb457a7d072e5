import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLE_FILE, buildBundle, type Inventory, type StageOptions, takeInventory, writeBundle } from '@goblet/build';
import { CliError } from '../cli-error.js';
import { failureText } from '../terminal/failure-text.js';
import { ended, type Terminal } from '../terminal/terminal.js';
import { type AssumedResults, assumeCallers } from './assumed-callers.js';
import { type LocalEvent, localEventText } from './local-event.js';
import type { WorkerTask } from './messages.js';
import { missingVariables } from './missing-variables.js';
import { servedApi } from './served-api.js';
import { signingKey } from './signing-key.js';
import { sourcesOf } from './sources.js';
import { versions } from './versions.js';
import { watchFiles } from './watch.js';

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

function refuseUnbound(inventory: Inventory, environment: Readonly<Record<string, string>>): void {
  const missing = missingVariables(inventory, environment);
  if (missing.length === 0) return;
  throw new CliError(
    'GOBLET_CLI_APP',
    `${inventory.name} needs ${missing.join(', ')} in its environment; start it as: ${missing.map((name) => `${name}=…`).join(' ')} npx goblet local`,
  );
}

const INSTEAD = "try their handlers with the test client's send, or deploy them";

const namesOf = (sources: Inventory['sources']): string =>
  sources.map((source) => `${source.name} (${source.kind})`).join(', ');

function refuseWithoutRoutes({ name, routes, sources }: Inventory): void {
  if (routes.length > 0) return;
  throw new CliError(
    'GOBLET_CLI_APP',
    sources.length === 0
      ? `${name} has no routes to serve; declare one, for example app.get('/', () => 'hello')`
      : `${name} has no routes to serve, only ${namesOf(sources)}; ${INSTEAD}`,
  );
}

/** The kinds of authorizers that routes name and that are not skipped. */
function checkedKinds({ routes, authorizers }: Inventory, assumed: AssumedResults): ReadonlySet<string> {
  const used = new Set(routes.flatMap(({ auth }) => auth));
  return new Set(
    authorizers.filter(({ name }) => used.has(name) && assumed[name] === undefined).map(({ kind }) => kind),
  );
}

/** Serves the app from source until the command ends. Every change of its sources starts a new version. */
export async function superviseLocal(options: LocalOptions, terminal: Terminal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-local-'));
  // Versions change; the key stays the same.
  const apiKey = options.apiKey ?? randomBytes(20).toString('hex');
  let latest: WorkerTask | undefined;
  const running = versions(options.environment, replace);
  let number = 0;

  function tell(event: LocalEvent): void {
    if (options.json) terminal.out(JSON.stringify(event));
    else terminal.note(localEventText(event, terminal.colors));
  }

  async function build(): Promise<{ task: WorkerTask; inputs: readonly string[]; inventory: Inventory }> {
    const { inventory, entry, inputs } = await takeInventory({
      ...(options.entry !== undefined && { entry: options.entry }),
      directory: options.directory,
    });
    refuseWithoutRoutes(inventory);
    refuseUnbound(inventory, options.environment);
    const { api, callers } = assumeCallers(servedApi(inventory, options.stage), inventory, options.assumed);
    const bundle = await buildBundle({ entry, inventory, minify: false });
    number += 1;
    const target = join(folder, String(number));
    writeBundle({ ...bundle, files: sourcesOf(bundle.files, entry.project) }, target);
    const task: WorkerTask = {
      bundle: join(target, BUNDLE_FILE),
      api,
      callers,
      apiKey,
      host: options.host,
      // Always the requested port: versions share the socket by that number, including 0.
      port: options.port,
      timeout: options.timeout ?? GATEWAY_TIMEOUT[inventory.api],
      quiet: options.quiet,
      json: options.json,
      colors: terminal.colors.isColorSupported,
    };
    return { task, inputs: [...inputs, ...bundle.inputs], inventory };
  }

  async function start(task: WorkerTask): Promise<number> {
    const port = await running.start(task);
    latest = task;
    return port;
  }

  let busy = false;
  let changed = false;
  /** One start at a time; a change in the meantime is handled afterwards. */
  async function alone(work: () => Promise<void>): Promise<void> {
    busy = true;
    try {
      await work();
    } catch (error) {
      tell({ kind: 'notStarted', message: failureText(error) });
    } finally {
      busy = false;
    }
    if (!changed || terminal.signal.aborted) return;
    changed = false;
    await alone(reload);
  }

  async function reload(): Promise<void> {
    const begun = performance.now();
    try {
      const { task, inputs } = await build();
      await start(task);
      watcher.files(inputs);
      tell({ kind: 'reloaded', milliseconds: Math.round(performance.now() - begun) });
    } catch (error) {
      if (!terminal.signal.aborted) tell({ kind: 'notReloaded', message: failureText(error) });
    }
  }

  /** A version that has ended is restarted, as Lambda restarts a function's environment, but not repeatedly. */
  function replace(what: string, asked: boolean): void {
    // The version that is starting replaces it anyway.
    if (busy) return;
    const task = asked ? latest : undefined;
    tell({ kind: 'ended', what, startsAgain: task !== undefined });
    if (task === undefined) return;
    void alone(async () => {
      await start(task);
      tell({ kind: 'startedAgain' });
    });
  }

  function tellSources({ sources }: Inventory): void {
    if (sources.length === 0) return;
    tell({ kind: 'notice', message: `goblet local serves only routes, not ${namesOf(sources)}; ${INSTEAD}` });
  }

  function tellCredentials(kinds: ReadonlySet<string>): void {
    if (kinds.has('apiKey')) tell({ kind: 'apiKey', value: apiKey });
    if (kinds.has('iam')) {
      const key = signingKey(options.environment);
      const message = key
        ? `IAM routes accept requests signed with the key ${key.accessKeyId}`
        : 'IAM routes refuse every request: the environment has no key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) to verify signatures';
      tell({ kind: 'notice', message });
    }
    for (const kind of ['cognito', 'jwt']) {
      if (!kinds.has(kind)) continue;
      const message = `${kind} routes answer 501: goblet local does not verify tokens; state the caller with --auth <authorizer>='{"sub":"ann"}'`;
      tell({ kind: 'notice', message });
    }
  }

  const watcher = watchFiles(() => {
    if (busy) changed = true;
    else void alone(reload);
  });

  async function serve(): Promise<void> {
    const { task, inputs, inventory } = await build();
    const port = await start(task);
    watcher.files(inputs);
    tellSources(inventory);
    tellCredentials(checkedKinds(inventory, options.assumed));
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    tell({ kind: 'serving', name: inventory.name, api: inventory.api, url: `http://${host}:${port}` });
    await ended(terminal.signal);
  }

  try {
    tell({ kind: 'target', message: options.target, notChecked: Object.keys(options.assumed) });
    const serving = serve();
    // Ctrl-C also ends a start; its result no longer matters.
    serving.catch(() => {});
    await Promise.race([serving, ended(terminal.signal)]);
  } catch (error) {
    if (!terminal.signal.aborted) throw error;
  } finally {
    watcher.close();
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
