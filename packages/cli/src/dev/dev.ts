import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import { applied, cloudEnvironment, type Target } from '../cloud/cloud-environment.js';
import type { RunningCloud } from '../cloud/running-cloud.js';
import { deployFailed } from '../errors/cdk.js';
import { failureText } from '../terminal/failure-text.js';
import { ended } from '../terminal/terminal.js';
import { OneAtATime } from '../watch/one-at-a-time.js';
import { type FileWatcher, watchFiles } from '../watch/watch-files.js';
import { cdkFiles, contentsOf } from './cdk-files.js';
import type { CdkProject } from './cdk-project.js';
import { DeployedApps } from './deployed-apps.js';
import { Deployment } from './deployment.js';
import type { DevEvent } from './dev-event.js';
import { type FunctionCode, functionCode } from './function-code.js';
import type { WatchedApp } from './watched-app.js';

export interface DevOptions {
  readonly project: CdkProject;
  readonly cloud: RunningCloud;
  readonly target: Target;
  /** Names and patterns, as for `cdk deploy`. */
  readonly stacks: readonly string[];
  readonly all: boolean;
  /** `key=value` for the CDK app. */
  readonly context: readonly string[];
  /** Receives events. */
  readonly tell: (event: DevEvent) => void;
}

/** Keeps the deployment of a CDK project up to date with its files. */
class DevSession {
  readonly #folder: string;
  readonly #tell: (event: DevEvent) => void;
  readonly #deployment: Deployment;
  readonly #code: FunctionCode;
  readonly #apps: DeployedApps;
  readonly #turns: OneAtATime;
  readonly #watcher: FileWatcher;
  /** Of the CDK project at the last deployment. */
  #cdkContents = '';
  /** True if the last deployment does not match the files. */
  #behind = false;

  constructor(
    options: DevOptions,
    private readonly signal: AbortSignal,
  ) {
    const { project, cloud, target, stacks, all, context, tell } = options;
    this.#folder = project.folder;
    this.#tell = tell;
    this.#deployment = new Deployment(
      {
        ...{ project, stacks, all, context },
        folder: join(target.dataFolder, 'dev'),
        environment: applied(process.env, cloudEnvironment(cloud, target, process.env)),
        line: (line) => tell({ kind: 'cdk', line }),
      },
      signal,
    );
    this.#code = functionCode(cloud, target);
    this.#apps = new DeployedApps(this.#code);
    this.#turns = new OneAtATime((paths) => this.#takeUp(paths), signal);
    this.#watcher = watchFiles((paths) => this.#turns.changed(paths));
  }

  /** Deploys, and watches until the signal aborts. */
  async run(): Promise<void> {
    await this.#turns.run(() => this.#start());
    await ended(this.signal);
  }

  async close(): Promise<void> {
    this.#watcher.close();
    await this.#deployment.ended();
    await this.#apps.dispose();
    this.#code.close();
  }

  async #start(): Promise<void> {
    this.#watch();
    if (!(await this.#deploy(`in ${this.#folder}`)))
      throw new CliError(deployFailed(this.#deployment.command, this.#folder));
    const app = await this.#updateCode(this.#apps.all, true);
    if (app !== undefined) await this.#redeploy(`${app} has changed in the meantime`);
    this.#watch();
    this.#tell({ kind: 'watching', apps: this.#apps.all.map(({ name }) => name) });
  }

  async #takeUp(paths: ReadonlySet<string>): Promise<void> {
    try {
      await this.#bringUpToDate(paths);
    } catch (error) {
      this.#tell({ kind: 'notDeployed', message: failureText(error) });
    }
    this.#watch();
  }

  async #bringUpToDate(paths: ReadonlySet<string>): Promise<void> {
    const changed = this.#apps.all.filter((app) => [...paths].some((path) => app.inputs().has(path)));
    const ofApps = new Set(changed.flatMap((app) => [...app.inputs()]));
    const ofCdk = [...paths].some((path) => !ofApps.has(path));
    if (ofCdk && this.#contents() !== this.#cdkContents) return this.#redeploy('the CDK project has changed');
    const app = await this.#updateCode(changed, false);
    if (app !== undefined) return this.#redeploy(`${app} has other routes or needs`);
    if (this.#behind) return this.#redeploy('it is not deployed yet');
  }

  /** Deploys, and once more if an app has changed its routes or needs in the meantime. */
  async #redeploy(reason: string): Promise<void> {
    if (!(await this.#deploy(reason))) {
      if (this.signal.aborted) return;
      const message = `${this.#deployment.command} failed; the lines above say why`;
      this.#tell({ kind: 'notDeployed', message });
      return;
    }
    const app = await this.#updateCode(this.#apps.all, true);
    if (app !== undefined && (await this.#deploy(`${app} has changed in the meantime`)))
      await this.#updateCode(this.#apps.all, true);
  }

  /** Runs `cdk deploy`; false if it failed and the previous deployment is unchanged. */
  async #deploy(reason: string): Promise<boolean> {
    const begun = performance.now();
    this.#cdkContents = this.#contents();
    this.#behind = true;
    this.#tell({ kind: 'deploying', command: this.#deployment.command, reason });
    const stacks = await this.#deployment.run();
    if (stacks === undefined) return false;
    await this.#apps.takeOver(stacks);
    this.#behind = false;
    const milliseconds = Math.round(performance.now() - begun);
    this.#tell({ kind: 'deployed', milliseconds, urls: this.#deployment.urls() });
    return true;
  }

  /** Updates the functions to the apps' files; returns the name of an app that needs a deployment. */
  async #updateCode(changed: readonly WatchedApp[], quiet: boolean): Promise<string | undefined> {
    for (const app of changed) {
      const begun = performance.now();
      try {
        const update = await app.update(this.#code);
        if (update.kind === 'deployNeeded') return app.name;
        if (quiet) continue;
        if (update.kind === 'unchanged') this.#tell({ ...update, app: app.name });
        else this.#tell({ ...update, app: app.name, milliseconds: Math.round(performance.now() - begun) });
      } catch (error) {
        if (!this.signal.aborted) this.#tell({ kind: 'notUpdated', message: failureText(error) });
      }
    }
    return undefined;
  }

  #contents(): string {
    return contentsOf(cdkFiles(this.#folder));
  }

  #watch(): void {
    this.#watcher.files([...cdkFiles(this.#folder), ...this.#apps.inputs]);
  }
}

/** Deploys a CDK project to the local cloud, and keeps it up to date with its files until the signal aborts. */
export async function runDev(options: DevOptions, signal: AbortSignal): Promise<void> {
  const session = new DevSession(options, signal);
  const running = session.run();
  // Ctrl-C also ends a start; its result no longer matters.
  running.catch(() => {});
  try {
    await Promise.race([running, ended(signal)]);
  } finally {
    await session.close();
  }
}
