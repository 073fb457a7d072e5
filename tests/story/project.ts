import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CDK, GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';

/** `local` runs the story on the local cloud; `aws` on the account that the environment leads to. */
export const TARGET = process.env.GOBLET_STORY_TARGET === 'aws' ? 'aws' : 'local';

export interface Outputs {
  readonly UsersTableName: string;
  readonly APIHandlerArn: string;
  readonly APIHandlerName: string;
  readonly RestAPIId: string;
  readonly EndpointURL: string;
}

/** A copy of the users service that a test may edit, with a data folder of its own. */
export class Project implements AsyncDisposable {
  readonly folder: string;
  readonly dataFolder: string;
  readonly infra: string;
  readonly webApi: string;
  #cloud: RunningProcess | undefined;

  constructor(name: string) {
    this.folder = join(root, '.story', `${name}-${process.pid}`);
    rmSync(this.folder, { recursive: true, force: true });
    for (const part of ['web-api', 'infra']) {
      cpSync(join(root, 'examples', 'users-service', part), join(this.folder, part), {
        recursive: true,
        filter: (path) => !/(node_modules|cdk\.out|dist)$/.test(path),
      });
    }
    this.infra = join(this.folder, 'infra');
    this.webApi = join(this.folder, 'web-api');
    this.dataFolder = join(this.folder, '.goblet');
    mkdirSync(this.dataFolder, { recursive: true });
  }

  /** The cloud as a process of its own; started by `startCloud`. */
  get cloud(): RunningProcess {
    if (!this.#cloud) throw new Error('the cloud is not started');
    return this.#cloud;
  }

  async startCloud(port = 0): Promise<RunningProcess> {
    const cloud = RunningProcess.start(process.execPath, [GOBLET, 'cloud', '--port', String(port)], {
      cwd: this.folder,
      env: plainEnvironment,
    });
    this.#cloud = cloud;
    await cloud.printed(/goblet cloud on (http:\S+)[\s\S]*IAM is enforced/);
    return cloud;
  }

  /** The port that the cloud serves on. */
  get port(): number {
    const match = /goblet cloud on http:\/\/127\.0\.0\.1:(\d+)/.exec(this.cloud.output);
    return Number(match?.[1]);
  }

  /** Runs `goblet <args>` to its end in a folder of the project. */
  goblet(args: readonly string[], cwd = this.folder, env: Readonly<Record<string, string>> = {}) {
    return run(process.execPath, [GOBLET, ...args], { cwd, env: { ...plainEnvironment, ...env } });
  }

  /** Runs the real `cdk` in `infra/`, led to the target. */
  cdk(...args: string[]) {
    const command = [process.execPath, CDK, ...args];
    if (TARGET === 'aws') return run(process.execPath, command.slice(1), { cwd: this.infra, env: process.env });
    return this.goblet(['exec', '--', ...command], this.infra);
  }

  /** Deploys and returns what the stack put out. */
  async deploy(stack: string, ...args: string[]): Promise<{ outputs: Outputs; output: string }> {
    const file = join(this.folder, 'outputs.json');
    rmSync(file, { force: true });
    const { exitCode, output } = await this.cdk(
      'deploy',
      stack,
      '--require-approval',
      'never',
      '--outputs-file',
      file,
      ...args,
    );
    if (exitCode !== 0) throw new Error(`cdk deploy ${stack} ended with ${exitCode}:\n${output}`);
    const all: Record<string, Outputs> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const outputs = all[stack] ?? Object.values(all)[0];
    if (!outputs) throw new Error(`cdk deploy ${stack} wrote no outputs:\n${output}`);
    return { outputs, output };
  }

  /** The environment that `goblet env` gives, as an SDK client in this process needs it. */
  async clientConfig(account = '000000000000', region = 'us-east-1') {
    if (TARGET === 'aws') return {};
    const { output } = await this.goblet(['env', '--json', '--account', account, '--region', region]);
    const env: Record<string, string> = JSON.parse(output);
    return {
      endpoint: env.AWS_ENDPOINT_URL ?? '',
      region: env.AWS_REGION ?? '',
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
    };
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Edits a file of the copy; throws where there is nothing to replace. */
  edit(path: string, pattern: RegExp | string, replacement: string): void {
    const before = this.read(path);
    const after = before.replace(pattern, replacement);
    if (after === before) throw new Error(`${path} has nothing like ${pattern}`);
    writeFileSync(join(this.folder, path), after);
  }

  append(path: string, text: string): void {
    writeFileSync(join(this.folder, path), `${this.read(path)}\n${text}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cloud?.[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
