import type { ProfileEndpoint } from './profile-endpoint.js';
import type { RunningCloud } from './running-cloud.js';

/** The AWS that the app's SDK calls reach. */
export type AwsTarget =
  | {
      readonly kind: 'cloud';
      readonly endpoint: string;
      readonly account: string;
      readonly region: string;
      readonly secretAccessKey?: string;
    }
  | {
      readonly kind: 'endpoint';
      readonly endpoint: string;
      /** The variable or file that sets it. */
      readonly by: string;
    }
  | { readonly kind: 'aws'; readonly credentials: string; readonly region: string };

type Environment = Readonly<Record<string, string | undefined>>;

function namesCredentials(env: Environment): string | undefined {
  if (env.AWS_PROFILE) return `the profile ${env.AWS_PROFILE}`;
  if (env.AWS_ACCESS_KEY_ID) return `the key ${env.AWS_ACCESS_KEY_ID}`;
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE) return 'a web identity';
  return undefined;
}

/**
 * The AWS of an environment: an endpoint in the environment, else credentials in the environment, else the local cloud
 * that runs for this project, else the SDK's own defaults. With credentials for the real AWS, the current profile may
 * still set another endpoint.
 */
export function awsTarget(
  env: Environment,
  cloud: RunningCloud | undefined,
  profile: ProfileEndpoint | undefined,
): AwsTarget {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1';
  if (env.AWS_ENDPOINT_URL) {
    const [, account] = /^GOBLET(\d{12})$/.exec(env.AWS_ACCESS_KEY_ID ?? '') ?? [];
    if (account) return { kind: 'cloud', endpoint: env.AWS_ENDPOINT_URL, account, region };
    return { kind: 'endpoint', endpoint: env.AWS_ENDPOINT_URL, by: 'AWS_ENDPOINT_URL' };
  }
  const credentials = namesCredentials(env);
  if (!credentials && cloud) {
    return {
      kind: 'cloud',
      endpoint: cloud.endpoint,
      account: '000000000000',
      region,
      secretAccessKey: cloud.secretAccessKey,
    };
  }
  if (profile) return { kind: 'endpoint', endpoint: profile.endpoint, by: `the profile ${profile.profile}` };
  return { kind: 'aws', credentials: credentials ?? "the SDK's default credentials", region };
}

/** The target, for use in a sentence. */
export function targetPlace(target: AwsTarget): string {
  switch (target.kind) {
    case 'cloud':
      return `the local cloud on ${target.endpoint} (account ${target.account}, ${target.region})`;
    case 'endpoint':
      return `the endpoint ${target.endpoint} (${target.by})`;
    case 'aws':
      return `the real AWS (${target.credentials} in ${target.region})`;
  }
}

/** The first line of every command that calls AWS, or whose app calls it. */
export function targetSentence(target: AwsTarget): string {
  if (target.kind === 'aws') return `AWS is the real one: ${target.credentials} in ${target.region}`;
  return `AWS is ${targetPlace(target)}`;
}
