import { join } from 'node:path';
import type { RunningCloud } from './running-cloud.js';

/** The account and region of the local cloud for a program. */
export interface Target {
  readonly account: string;
  readonly region: string;
  readonly dataFolder: string;
}

/** Variables that would point an SDK or the CDK to another endpoint or to other credentials than the ones set here. */
const MISLEADING =
  /^(AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_PROFILE|AWS_DEFAULT_PROFILE|AWS_ENDPOINT_URL_.+|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_CONTAINER_.+|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_ROLE_ARN|AWS_ROLE_SESSION_NAME|AWS_CREDENTIAL_EXPIRATION|AWS_USE_FIPS_ENDPOINT|AWS_USE_DUALSTACK_ENDPOINT)$/;

function withLoopback(noProxy: string | undefined): string {
  const hosts = (noProxy ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean);
  for (const host of ['127.0.0.1', 'localhost']) if (!hosts.includes(host)) hosts.push(host);
  return hosts.join(',');
}

/**
 * The environment in which an SDK, the AWS CLI and the `cdk` CLI call the local cloud and not the real AWS: variables
 * to set, and (as undefined) variables to unset.
 *
 * @param current the environment that the program would have otherwise
 */
export function cloudEnvironment(
  cloud: Pick<RunningCloud, 'endpoint' | 'secretAccessKey'>,
  target: Target,
  current: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const environment: Record<string, string | undefined> = {};
  for (const name of Object.keys(current)) if (MISLEADING.test(name)) environment[name] = undefined;
  const noProxy = withLoopback(current.NO_PROXY ?? current.no_proxy);
  return {
    ...environment,
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: target.region,
    AWS_DEFAULT_REGION: target.region,
    AWS_ACCESS_KEY_ID: `GOBLET${target.account}`,
    AWS_SECRET_ACCESS_KEY: cloud.secretAccessKey,
    // A profile may have its own endpoint or credentials, and `cdk --profile` ignores the endpoint: no profiles.
    AWS_CONFIG_FILE: join(target.dataFolder, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(target.dataFolder, 'no-aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // The CDK caches permanently which account a key belongs to, so it gets a separate home.
    CDK_HOME: join(target.dataFolder, 'cdk'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_NOTICES: 'false',
    CDK_VALIDATION: 'false',
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
}

/** The environment with these changes. */
export function applied(
  current: Readonly<Record<string, string | undefined>>,
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...current, ...changes })) if (value !== undefined) result[name] = value;
  return result;
}
