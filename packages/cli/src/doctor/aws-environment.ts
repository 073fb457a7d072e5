import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { awsTarget, targetPlace } from '../cloud/aws-target.js';
import { findDataFolder } from '../cloud/data-folder.js';
import { profileEndpoint } from '../cloud/profile-endpoint.js';
import { cloudAnswers, findRunningCloud } from '../cloud/running-cloud.js';
import { quietSdk } from '../quiet-sdk.js';
import { type Finding, fail, ok, type Patient, warn } from './finding.js';

type Environment = Patient['environment'];

const OWN_SHELL = 'set the whole environment of the cloud with: eval "$(npx goblet env)"';

/** Checks the endpoint in the environment, and variables that bypass it. */
async function endpointFindings(env: Environment, endpoint: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (/\/\/localhost\b/.test(endpoint)) {
    findings.push(
      warn(
        'endpoint',
        `AWS_ENDPOINT_URL is ${endpoint}, but localhost may not be 127.0.0.1`,
        `set it to ${endpoint.replace('localhost', '127.0.0.1')}`,
      ),
    );
  }
  const ours = /^GOBLET\d{12}$/.test(env.AWS_ACCESS_KEY_ID ?? '');
  const answers = await cloudAnswers(endpoint);
  if (ours && !answers) {
    findings.push(
      fail(
        'endpoint',
        `no cloud answers at ${endpoint} (AWS_ENDPOINT_URL)`,
        'start it with: npx goblet cloud, or unset it',
      ),
    );
  }
  if (answers && !ours) findings.push(fail('credentials', 'the keys do not belong to the local cloud', OWN_SHELL));
  // The profile may belong to another emulator.
  if (env.AWS_PROFILE && (ours || answers)) {
    findings.push(
      fail(
        'profile',
        `AWS_PROFILE is ${env.AWS_PROFILE}, and its credentials override the keys for ${endpoint}`,
        `unset AWS_PROFILE, or ${OWN_SHELL}`,
      ),
    );
  }
  return findings;
}

/** Finds profiles with an endpoint, which the SDKs use and `cdk --profile` ignores. */
function profileFindings(env: Environment): Finding[] {
  const found = profileEndpoint(env);
  if (found === undefined) return [];
  const { profile, file, endpoint } = found;
  return [
    warn(
      'profile',
      `the profile ${profile} in ${file} has endpoint_url ${endpoint}, which SDKs use and cdk --profile ignores`,
      'set AWS_PROFILE instead of --profile, or use the local cloud with: npx goblet exec -- <command>',
    ),
  ];
}

/** `cdk.json` may name a profile, which then also applies to the local cloud. */
function cdkJsonFindings(directory: string): Finding[] {
  try {
    const { profile }: { readonly profile?: unknown } = JSON.parse(readFileSync(join(directory, 'cdk.json'), 'utf8'));
    if (typeof profile !== 'string') return [];
    const found = `cdk.json names the profile ${profile}, whose credentials override the keys of the local cloud`;
    return [warn('cdk.json', found, 'remove "profile" from it, and set AWS_PROFILE when you need it')];
  } catch {
    return [];
  }
}

/** Milliseconds for the credential providers, including a machine's metadata service. */
const PATIENCE = 4_000;

/** Checks that the SDK finds credentials for the real AWS. It does not ask AWS whether they are valid. */
async function credentialsFinding(region: string): Promise<Finding> {
  quietSdk();
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ region });
  const timeout = pause(PATIENCE, undefined, { ref: false }).then(() => {
    throw new Error(`no provider answered within ${PATIENCE / 1000} seconds`);
  });
  try {
    const { accessKeyId } = await Promise.race([client.config.credentials(), timeout]);
    return ok('credentials', `the key ${accessKeyId}`);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return warn('credentials', `none for the real AWS: ${reason}`, 'set AWS_PROFILE or keys; a local cloud needs none');
  } finally {
    client.destroy();
  }
}

/** The AWS to which the environment points SDKs and `cdk`, and settings that point elsewhere. */
export async function environmentFindings({
  directory,
  environment,
  dataFolder,
}: Patient): Promise<readonly Finding[]> {
  const cloud = await findRunningCloud(dataFolder ?? findDataFolder(directory));
  const target = awsTarget(environment, cloud, profileEndpoint(environment));
  const traps = [
    ...(environment.AWS_ENDPOINT_URL ? await endpointFindings(environment, environment.AWS_ENDPOINT_URL) : []),
    ...profileFindings(environment),
    ...cdkJsonFindings(directory),
  ];
  const credentials = target.kind === 'aws' ? [await credentialsFinding(target.region)] : [];
  return [ok('aws', `goblet asks ${targetPlace(target)}`), ...credentials, ...traps];
}
