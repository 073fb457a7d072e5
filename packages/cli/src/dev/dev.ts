import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import { applied, cloudEnvironment, type Target } from '../cloud/cloud-environment.js';
import type { RunningCloud } from '../cloud/running-cloud.js';
import { watchFiles } from '../local/watch.js';
import { failureText } from '../terminal/failure-text.js';
import { ended, type Terminal } from '../terminal/terminal.js';
import { type AssemblyStack, selectedStacks } from './assembly.js';
import { cdkDeploy } from './cdk-deploy.js';
import { cdkFiles, contentsOf } from './cdk-files.js';
import type { CdkProject } from './cdk-project.js';
import { type DevEvent, devEventText } from './dev-event.js';
import { type DeployedFunction, functionCode } from './function-code.js';
import { type WatchedApp, watchedApp } from './watched-app.js';

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

/** Reports events as the options say. */
export function devTeller(json: boolean, terminal: Terminal): (event: DevEvent) => void {
  return (event) => {
    const line = json ? JSON.stringify(event) : devEventText(event, terminal.colors);
    if (line === undefined) return;
    if (json) terminal.out(line);
    else terminal.note(line);
  };
}

/** The outputs of the stacks that are URLs. */
function urlsIn(outputsFile: string): Record<string, string> {
  const outputs: Record<string, Record<string, string>> = JSON.parse(readFileSync(outputsFile, 'utf8'));
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([stack, values]) =>
      Object.entries(values)
        .filter(([, value]) => /^https?:\/\//.test(value))
        .map(([name, value]) => [`${stack}.${name}`, value]),
    ),
  );
}

/** Deploys a CDK project to the local cloud, and keeps it up to date with its files until the signal aborts. */
export async function runDev(options: DevOptions, signal: AbortSignal): Promise<void> {
  const { project, cloud, target, stacks, tell } = options;
  const folder = join(target.dataFolder, 'dev');
  const assembly = join(folder, 'cdk.out');
  const outputs = join(folder, 'outputs.json');
  const environment = applied(process.env, cloudEnvironment(cloud, target, process.env));
  const code = functionCode(cloud, target);
  const apps = new Map<string, WatchedApp>();
  const command = ['cdk deploy', ...stacks, ...(options.all ? ['--all'] : [])].join(' ');
  let cdkContents = '';
  /** True if the last deployment does not match the files. */
  let behind = false;
  let running: Promise<number> | undefined;

  /** The deployed stacks, or undefined if `cdk deploy` failed. */
  async function cdk(): Promise<readonly AssemblyStack[] | undefined> {
    mkdirSync(folder, { recursive: true });
    // After a failed synthesis there must be nothing to read.
    for (const file of [join(assembly, 'manifest.json'), outputs]) rmSync(file, { force: true });
    running = cdkDeploy({
      ...{ project, stacks, all: options.all, context: options.context, assembly, outputs, environment, signal },
      line: (line) => tell({ kind: 'cdk', line }),
    });
    if ((await running) === 0) return selectedStacks(assembly, stacks);
    if (!signal.aborted) refuseUnnamed();
    return undefined;
  }

  /** `cdk deploy` deploys a single stack without a name, but several only by name. */
  function refuseUnnamed(): void {
    if (stacks.length > 0 || options.all) return;
    let names: readonly string[];
    try {
      names = selectedStacks(assembly, []).map(({ displayName }) => displayName);
    } catch {
      // It was not synthesized.
      return;
    }
    if (names.length < 2) return;
    throw new CliError(
      'GOBLET_CLI_STACKS',
      `${project.folder} has the stacks ${names.join(', ')}; name the stacks to deploy, for example goblet dev ${names[0]}, or give --all`,
    );
  }

  /** The apps whose functions are in the stacks. Known apps keep what they have parsed. */
  async function takeOver(deployed: readonly AssemblyStack[]): Promise<void> {
    const functions = (await Promise.all(deployed.map((stack) => code.deployed(stack)))).flat();
    const bySource = new Map<string, DeployedFunction[]>();
    for (const fn of functions) {
      const key = JSON.stringify(fn.source);
      bySource.set(key, [...(bySource.get(key) ?? []), fn]);
    }
    for (const [key, app] of apps) {
      if (bySource.has(key)) continue;
      apps.delete(key);
      await app.dispose();
    }
    for (const [key, [first, ...others]] of bySource) {
      if (first === undefined) continue;
      const app = apps.get(key) ?? watchedApp(first.source);
      app.deployed([first, ...others]);
      apps.set(key, app);
    }
  }

  /** Runs `cdk deploy`; false if it failed and the previous deployment is unchanged. */
  async function deploy(reason: string): Promise<boolean> {
    const begun = performance.now();
    cdkContents = contentsOf(cdkFiles(project.folder));
    behind = true;
    tell({ kind: 'deploying', command, reason });
    const deployed = await cdk();
    if (deployed === undefined) return false;
    await takeOver(deployed);
    behind = false;
    tell({ kind: 'deployed', milliseconds: Math.round(performance.now() - begun), urls: urlsIn(outputs) });
    return true;
  }

  /** Updates the functions to the apps' files; returns the name of an app that needs a deployment. */
  async function updateCode(changed: readonly WatchedApp[], quiet: boolean): Promise<string | undefined> {
    for (const app of changed) {
      const begun = performance.now();
      try {
        const update = await app.update(code);
        if (update.kind === 'deployNeeded') return app.name;
        if (quiet) continue;
        if (update.kind === 'unchanged') tell({ ...update, app: app.name });
        else tell({ ...update, app: app.name, milliseconds: Math.round(performance.now() - begun) });
      } catch (error) {
        if (!signal.aborted) tell({ kind: 'notUpdated', message: failureText(error) });
      }
    }
    return undefined;
  }

  /** Deploys, and once more if an app has changed its routes or needs in the meantime. */
  async function redeploy(reason: string): Promise<void> {
    if (!(await deploy(reason))) {
      if (!signal.aborted) tell({ kind: 'notDeployed', message: `${command} failed; the lines above say why` });
      return;
    }
    const app = await updateCode([...apps.values()], true);
    if (app !== undefined && (await deploy(`${app} has changed in the meantime`)))
      await updateCode([...apps.values()], true);
  }

  async function takeUp(paths: ReadonlySet<string>): Promise<void> {
    const changed = [...apps.values()].filter((app) => [...paths].some((path) => app.inputs().has(path)));
    const ofApps = new Set(changed.flatMap((app) => [...app.inputs()]));
    const ofCdk = [...paths].some((path) => !ofApps.has(path));
    if (ofCdk && contentsOf(cdkFiles(project.folder)) !== cdkContents) return redeploy('the CDK project has changed');
    const app = await updateCode(changed, false);
    if (app !== undefined) return redeploy(`${app} has other routes or needs`);
    if (behind) return redeploy('it is not deployed yet');
  }

  const watch = () =>
    watcher.files([...cdkFiles(project.folder), ...[...apps.values()].flatMap((app) => [...app.inputs()])]);
  let waiting = new Set<string>();
  let busy = true;
  /** One thing at a time; changes in the meantime are handled afterwards. */
  async function takeUpWaiting(): Promise<void> {
    busy = true;
    while (waiting.size > 0 && !signal.aborted) {
      const paths = waiting;
      waiting = new Set();
      await takeUp(paths).catch((error: unknown) => tell({ kind: 'notDeployed', message: failureText(error) }));
      watch();
    }
    busy = false;
  }
  const watcher = watchFiles((paths) => {
    for (const path of paths) waiting.add(path);
    if (!busy) void takeUpWaiting();
  });

  async function start(): Promise<void> {
    watch();
    if (!(await deploy(`in ${project.folder}`))) {
      throw new CliError('GOBLET_CLI_DEPLOY', `${command} failed in ${project.folder}; the lines above say why`);
    }
    const app = await updateCode([...apps.values()], true);
    if (app !== undefined) await redeploy(`${app} has changed in the meantime`);
    watch();
    tell({ kind: 'watching', apps: [...apps.values()].map((one) => one.name) });
    await takeUpWaiting();
    await ended(signal);
  }

  const starting = start();
  // Ctrl-C also ends a start; its result no longer matters.
  starting.catch(() => {});
  try {
    await Promise.race([starting, ended(signal)]);
  } finally {
    watcher.close();
    await running?.catch(() => {});
    for (const app of apps.values()) await app.dispose();
    code.close();
  }
}
