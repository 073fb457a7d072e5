import type { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import type { Area, Store } from '../../../core/store.js';
import type { Output } from '../../../model/client-types.js';
import { createSerial } from '../../../store/serial.js';
import { configurationNotFound } from './code-signing-error.js';

type Config = NonNullable<Output<'lambda', 'GetCodeSigningConfig'>['CodeSigningConfig']>;

/** Who may sign code, as it is stored. Nothing here verifies a signature. */
export interface CodeSigningConfig {
  readonly arn: string;
  readonly description: string;
  /** ARNs of signing profiles. */
  readonly publishers: readonly string[];
  readonly untrusted: NonNullable<NonNullable<Config['CodeSigningPolicies']>['UntrustedArtifactOnDeployment']>;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly modified: number;
}

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** A configuration as the API answers it. */
export function codeSigningConfiguration(config: CodeSigningConfig): Config {
  return {
    CodeSigningConfigId: idOf(config.arn),
    CodeSigningConfigArn: config.arn,
    Description: config.description,
    AllowedPublishers: { SigningProfileVersionArns: [...config.publishers] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: config.untrusted },
    LastModified: new Date(config.modified).toISOString().replace('Z', '+0000'),
  };
}

/** The code signing configurations of every account and region. */
export class CodeSigningConfigs {
  readonly #store: Store;
  readonly #serial = createSerial();

  constructor(store: Store) {
    this.#store = store;
  }

  #area({ account, region }: Scope): Area {
    return this.#store.area(account, region, 'lambda-code-signing');
  }

  /** Where an ARN places its configuration. */
  #at(arn: string): Area {
    const [, , , region = '', account = ''] = arn.split(':');
    return this.#area({ account, region });
  }

  find(arn: string): Promise<CodeSigningConfig | undefined> {
    return this.#at(arn).get<CodeSigningConfig>(idOf(arn));
  }

  async get(arn: string, missing: (arn: string) => AwsError = configurationNotFound): Promise<CodeSigningConfig> {
    const config = await this.find(arn);
    if (config === undefined) throw missing(arn);
    return config;
  }

  async put(config: CodeSigningConfig): Promise<void> {
    await this.#at(config.arn).batch([{ key: idOf(config.arn), value: config }]);
  }

  /** Changes a configuration in one step. Throws where there is none. */
  change(arn: string, change: (config: CodeSigningConfig) => CodeSigningConfig): Promise<CodeSigningConfig> {
    return this.#serial(arn, async () => {
      const changed = change(await this.get(arn));
      await this.put(changed);
      return changed;
    });
  }

  async delete(arn: string): Promise<void> {
    await this.#at(arn).batch([{ key: idOf(arn), value: undefined }]);
  }

  async list(scope: Scope): Promise<readonly CodeSigningConfig[]> {
    const configs: CodeSigningConfig[] = [];
    for await (const [, config] of this.#area(scope).range<CodeSigningConfig>({})) configs.push(config);
    return configs;
  }
}
