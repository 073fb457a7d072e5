import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CDK, GOBLET, plainEnvironment, root } from './commands.js';
import { RunningProcess, run } from './running-process.js';

export type Outputs = Readonly<Record<string, string>>;

/** What an SDK client is made with. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

async function startCloud(cwd: string, args: readonly string[]): Promise<RunningProcess> {
  const started = RunningProcess.start(process.execPath, [GOBLET, 'cloud', ...args], { cwd, env: plainEnvironment });
  await started.printed(/IAM is enforced/);
  return started;
}

/** Every stack of a CDK app, deployed by the real `cdk` into a local cloud of its own. */
export class DeployedApp implements AsyncDisposable {
  #cloud: RunningProcess;
  readonly #folder: string;
  /** What the stacks put out. */
  readonly outputs: Readonly<Record<string, Outputs>>;

  private constructor(cloud: RunningProcess, folder: string, outputs: Readonly<Record<string, Outputs>>) {
    this.#cloud = cloud;
    this.#folder = folder;
    this.outputs = outputs;
  }

  /**
   * @param infra the file of the CDK app, below the root of the repository, and its arguments: `tests/features/guards/infra.ts`
   * @param env what the CDK app is to know
   * @param options further ones of `goblet cloud` and of `cdk deploy`; `durable` for a cloud that can be killed
   */
  static async deploy(
    infra: string,
    env: Readonly<Record<string, string>> = {},
    options: {
      readonly cloud?: readonly string[];
      readonly cdk?: readonly string[];
      readonly durable?: boolean;
    } = {},
  ): Promise<DeployedApp> {
    const folder = join(root, '.story', `${infra.replace(/\W+/g, '-').slice(0, 60)}-${process.pid}`);
    const data = ['--data', join(folder, '.goblet')];
    mkdirSync(join(folder, '.goblet'), { recursive: true });
    const kept = options.durable ? [] : ['--ephemeral'];
    const cloud = await startCloud(folder, [...kept, '--port', '0', ...data, ...(options.cloud ?? [])]);
    const outputs = join(folder, 'outputs.json');
    const { exitCode, output } = await run(
      process.execPath,
      [
        ...[GOBLET, 'exec', ...data, '--', process.execPath, CDK, 'deploy', '--all'],
        ...['--app', `node --import tsx ${infra}`],
        ...['--require-approval', 'never', '--concurrency', '4', '--no-version-reporting', '--no-notices'],
        ...['--output', join(folder, 'cdk.out'), '--outputs-file', outputs],
        ...(options.cdk ?? []),
      ],
      { cwd: root, env: { ...plainEnvironment, ...env } },
    );
    if (exitCode !== 0) {
      await cloud[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`cdk deploy of ${infra} ended with ${exitCode}:\n${output}`);
    }
    return new DeployedApp(cloud, folder, JSON.parse(readFileSync(outputs, 'utf8')));
  }

  get cloud(): RunningProcess {
    return this.#cloud;
  }

  /** Kills the cloud, as `kill -9` of its process does, and starts it again on its data and port. */
  async killAndRestart(): Promise<void> {
    const { port } = new URL(this.endpoint);
    process.kill(this.#cloud.pid, 'SIGKILL');
    await this.#cloud.exited();
    this.#cloud = await startCloud(this.#folder, ['--port', port, '--data', this.dataFolder]);
  }

  /** The data folder of the cloud. */
  get dataFolder(): string {
    return join(this.#folder, '.goblet');
  }

  /** What a stack put out under a name. */
  output(stack: string, name = 'EndpointURL'): string {
    const value = this.outputs[stack]?.[name];
    if (value === undefined) throw new Error(`the stack ${stack} has no output ${name}`);
    return value;
  }

  /** The address of the cloud. */
  get endpoint(): string {
    return /goblet cloud on (http:\S+)/.exec(this.cloud.output)?.[1] ?? '';
  }

  /** What an SDK client in this process is made with. */
  async clientConfig(): Promise<ClientConfig> {
    const { output } = await run(process.execPath, [GOBLET, 'env', '--json', '--data', this.dataFolder], {
      cwd: this.#folder,
      env: plainEnvironment,
    });
    const env: Record<string, string> = JSON.parse(output);
    return {
      endpoint: env.AWS_ENDPOINT_URL ?? '',
      region: env.AWS_REGION ?? '',
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cloud[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
