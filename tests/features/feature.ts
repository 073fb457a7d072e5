import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, vi } from 'vitest';
import type { ClientConfig, Outputs } from '../processes/deployed-app.js';

interface Deployment {
  readonly outputs: Readonly<Record<string, Outputs>>;
  readonly endpoint: string;
  readonly dataFolder: string;
  readonly clientConfig: ClientConfig;
}

/** A stack in the cloud that all features share. */
export class Feature {
  private constructor(
    readonly stack: string,
    private readonly deployment: Deployment,
  ) {}

  /** Resolves when the features are deployed. */
  static async deployed(stack: string): Promise<Feature> {
    const file = join(inject('features'), 'deployment.json');
    await vi.waitUntil(() => existsSync(file), { timeout: 600_000 });
    const deployment = JSON.parse(readFileSync(file, 'utf8'));
    if (deployment.error) throw new Error(deployment.error);
    return new Feature(stack, deployment);
  }

  get endpoint(): string {
    return this.deployment.endpoint;
  }

  get dataFolder(): string {
    return this.deployment.dataFolder;
  }

  /** What an SDK client in this process is made with. */
  get clientConfig(): ClientConfig {
    return this.deployment.clientConfig;
  }

  /** What a stack put out under a name. */
  output(name = 'EndpointURL', stack = this.stack): string {
    const value = this.deployment.outputs[stack]?.[name];
    if (value === undefined) throw new Error(`the stack ${stack} has no output ${name}`);
    return value;
  }

  /** Everything that the terminal of the cloud shows. */
  get terminal(): string {
    return readFileSync(join(inject('features'), 'output.txt'), 'utf8');
  }

  /** What the terminal of the cloud shows of the stack: the entries that name a resource of it. */
  get shown(): string {
    const entries = this.terminal.split(/\n(?! {4})/);
    return entries.filter((entry) => entry.includes(`${this.stack}-`)).join('\n');
  }

  /** Resolves when the terminal shows it. */
  async shows(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.shown).toMatch(pattern);
  }
}
