import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import { severalStacks } from '../errors/cdk.js';
import { type AssemblyStack, selectedStacks } from './assembly.js';
import { cdkDeploy } from './cdk-deploy.js';
import type { CdkProject } from './cdk-project.js';

export interface DeploymentOptions {
  readonly project: CdkProject;
  /** Names and patterns, as for `cdk deploy`. */
  readonly stacks: readonly string[];
  readonly all: boolean;
  /** `key=value` for the CDK app. */
  readonly context: readonly string[];
  /** The folder for the cloud assembly and the outputs. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives each line that `cdk` prints. */
  readonly line: (line: string) => void;
}

/** A CDK project that is deployed again and again. */
export class Deployment {
  /** As a user would type it: `cdk deploy WebApiDev`. */
  readonly command: string;
  readonly #options: DeploymentOptions;
  readonly #signal: AbortSignal;
  readonly #assembly: string;
  readonly #outputs: string;
  #running: Promise<number> | undefined;

  constructor(options: DeploymentOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#assembly = join(options.folder, 'cdk.out');
    this.#outputs = join(options.folder, 'outputs.json');
    this.command = ['cdk deploy', ...options.stacks, ...(options.all ? ['--all'] : [])].join(' ');
  }

  /**
   * Runs `cdk deploy`; returns the deployed stacks, or undefined if it failed and the previous deployment is unchanged.
   *
   * @throws CliError GOBLET_CLI_STACKS if the project has several stacks and none was named
   */
  async run(): Promise<readonly AssemblyStack[] | undefined> {
    const { project, stacks, all, context, folder, environment, line } = this.#options;
    mkdirSync(folder, { recursive: true });
    // After a failed synthesis there must be nothing to read.
    for (const file of [join(this.#assembly, 'manifest.json'), this.#outputs]) rmSync(file, { force: true });
    this.#running = cdkDeploy({
      ...{ project, stacks, all, context, environment, line },
      ...{ assembly: this.#assembly, outputs: this.#outputs, signal: this.#signal },
    });
    if ((await this.#running) === 0) return selectedStacks(this.#assembly, stacks);
    if (!this.#signal.aborted) this.#refuseUnnamed();
    return undefined;
  }

  /** The outputs of the stacks that are URLs, by stack and name: `WebApiDev.EndpointURL`. */
  urls(): Record<string, string> {
    const outputs: Record<string, Record<string, string>> = JSON.parse(readFileSync(this.#outputs, 'utf8'));
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([stack, values]) =>
        Object.entries(values)
          .filter(([, value]) => /^https?:\/\//.test(value))
          .map(([name, value]) => [`${stack}.${name}`, value]),
      ),
    );
  }

  /** Resolves when no `cdk` runs any more. */
  async ended(): Promise<void> {
    await this.#running?.catch(() => {});
  }

  /** `cdk deploy` deploys a single stack without a name, but several only by name. */
  #refuseUnnamed(): void {
    const { stacks, all, project } = this.#options;
    if (stacks.length > 0 || all) return;
    let names: readonly string[];
    try {
      names = selectedStacks(this.#assembly, []).map(({ displayName }) => displayName);
    } catch {
      // It was not synthesized.
      return;
    }
    if (names.length < 2) return;
    throw new CliError(severalStacks(project.folder, names));
  }
}
