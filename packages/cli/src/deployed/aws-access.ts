import type { CloudFormationClient, CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { CliError } from '../cli-error.js';
import { type AwsTarget, awsTarget, targetPlace, targetSentence } from '../cloud/aws-target.js';
import { findDataFolder } from '../cloud/data-folder.js';
import { profileEndpoint } from '../cloud/profile-endpoint.js';
import { findRunningCloud, runningCloud } from '../cloud/running-cloud.js';
import type { OptionDefinition, OptionValues } from '../commands/command.js';
import { account, region, text } from '../commands/option-value.js';
import { awsFailed, noRegion, remedies } from '../errors/aws.js';
import { accountOfAws } from '../errors/option.js';
import { quietSdk } from '../quiet-sdk.js';
import type { Terminal } from '../terminal/terminal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The options of every command that inspects deployed apps. */
export const ACCESS_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--region <region>', description: 'region (default: that of the environment)' },
  { flags: '--account <digits>', description: 'account of the local cloud (default: 000000000000)' },
  { flags: '--data <folder>', description: 'call the local cloud of this data folder; overrides the environment' },
];

/** Access to AWS or a local cloud for a command. */
export interface AwsAccess {
  readonly target: AwsTarget;
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
  /** The configuration for clients of other services. */
  readonly config: Pick<CloudFormationClientConfig, 'endpoint' | 'region' | 'credentials'>;
  /** The URL of a stage of an API, with a trailing slash; an undefined stage is the one that paths do not name. */
  readonly apiUrl: (id: string, stage: string | undefined) => string;
}

/** The target that the options name, else the one of the environment. */
async function chosenTarget(options: OptionValues, env: Environment): Promise<AwsTarget> {
  const data = text(options, 'data');
  const target =
    data === undefined
      ? awsTarget(env, await findRunningCloud(findDataFolder(process.cwd())), profileEndpoint(env))
      : awsTarget({ AWS_REGION: env.AWS_REGION }, await runningCloud(data), undefined);
  if (options.account === undefined) return target;
  if (target.kind !== 'cloud') throw new CliError(accountOfAws(targetPlace(target)));
  return { ...target, account: account(options) };
}

function clientConfig(target: AwsTarget, wanted: string | undefined, env: Environment): AwsAccess['config'] {
  if (target.kind !== 'cloud') return wanted === undefined ? {} : { region: wanted };
  return {
    endpoint: target.endpoint,
    region: wanted ?? target.region,
    credentials: {
      accessKeyId: `GOBLET${target.account}`,
      secretAccessKey: target.secretAccessKey ?? env.AWS_SECRET_ACCESS_KEY ?? '',
    },
  };
}

/** AWS sometimes throttles reading the stacks of a large account. */
const ATTEMPTS = 7;

async function openAccess(options: OptionValues, env: Environment): Promise<AwsAccess> {
  const target = await chosenTarget(options, env);
  const inEnvironment = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const wanted = text(options, 'region') || inEnvironment ? region(options, inEnvironment ?? '') : undefined;
  quietSdk();
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const config = clientConfig(target, wanted, env);
  const cloudFormation = new CloudFormationClient({
    ...config,
    ...(target.kind === 'aws' && { maxAttempts: ATTEMPTS }),
  });
  const used = await cloudFormation.config.region().catch(() => {
    throw new CliError(noRegion());
  });
  const { hostname } = cloudFormation.config.endpointProvider({ Region: used }).url;
  return {
    target: target.kind === 'endpoint' ? target : { ...target, region: used },
    region: used,
    cloudFormation,
    // All clients share one credential provider: some providers ask the user.
    config: { ...config, region: used, credentials: cloudFormation.config.credentials },
    apiUrl: (id, stage) => {
      const path = stage === undefined ? '/' : `/${stage}/`;
      if (target.kind === 'cloud') return `${target.endpoint}/_api/${id}${path}`;
      return `https://${hostname.replace(/^cloudformation/, `${id}.execute-api`)}${path}`;
    },
  };
}

/** Errors of SDK clients: AWS's answers have $metadata, and so do requests without an answer. */
function isAwsError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    '$metadata' in error || '$fault' in error || /^(CredentialsProvider|TokenProvider|Provider)Error$/.test(error.name)
  );
}

function whatToDo(error: Error, target: AwsTarget): string {
  if (/^(CredentialsProvider|TokenProvider|Provider)Error$/.test(error.name)) return remedies.credentials;
  if (/Expired/.test(error.name)) return remedies.signIn;
  if (/AccessDenied|UnauthorizedOperation/.test(error.name)) return remedies.permission;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TimeoutError/.test(`${error.name} ${error.message}`)) {
    if (target.kind === 'aws') return remedies.network;
    return remedies.server(target.kind === 'endpoint' ? target.by : 'AWS_ENDPOINT_URL');
  }
  if (/UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature/.test(error.name))
    return target.kind === 'cloud' ? remedies.keysOfCloud : remedies.keys;
  return remedies.message;
}

/** The one-line error for a failure of AWS, or of the endpoint in its place; other errors unchanged. */
function translated(error: unknown, access: AwsAccess): unknown {
  if (!isAwsError(error)) return error;
  return new CliError(awsFailed(error, targetPlace(access.target), whatToDo(error, access.target)));
}

/**
 * Prints on standard error which AWS it calls, and runs the work with it.
 * @throws CliError GOBLET_CLI_AWS for an error of AWS, GOBLET_CLI_OPTION, GOBLET_CLI_NO_CLOUD
 */
export async function usingAws<T>(
  options: OptionValues,
  terminal: Terminal,
  work: (access: AwsAccess) => Promise<T>,
): Promise<T> {
  const access = await openAccess(options, process.env);
  terminal.note(terminal.colors.dim(targetSentence(access.target)));
  try {
    return await work(access);
  } catch (error) {
    throw translated(error, access);
  } finally {
    access.cloudFormation.destroy();
  }
}
