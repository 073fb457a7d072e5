import { type Cloud, type CloudOptions, startCloud } from '../cloud.js';
import type { CloudEvent } from '../core/cloud.js';

export interface ClientTarget {
  /** Twelve digits. @default '000000000000' */
  readonly account?: string;
  /** @default 'eu-west-1' */
  readonly region?: string;
}

/** The configuration with which a client of the AWS SDK reaches the cloud. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface TestCloud extends Cloud, AsyncDisposable {
  readonly clientConfig: (target?: ClientTarget) => ClientConfig;
  /** Everything that was emitted so far, oldest first. */
  readonly events: readonly CloudEvent[];
}

/**
 * A separate cloud for one test: in memory, on a free port, removed at the end of the block.
 * @example
 * await using cloud = await testCloud();
 * const client = new SSMClient(cloud.clientConfig({ account: '111111111111', region: 'us-east-1' }));
 */
export async function testCloud(options: CloudOptions = {}): Promise<TestCloud> {
  const events: CloudEvent[] = [];
  const cloud = await startCloud({
    ephemeral: true,
    port: 0,
    ...options,
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  return {
    ...cloud,
    events,
    clientConfig: ({ account, region = 'eu-west-1' } = {}) => ({
      endpoint: cloud.endpoint,
      region,
      credentials: cloud.credentials(account),
    }),
    [Symbol.asyncDispose]: () => cloud.close(),
  };
}
