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

const OWN_SHELL = 'take over the whole environment of the cloud with: eval "$(npx goblet env)"';

/** What the endpoint in the environment is, and what in it leads past it. */
async function endpointFindings(env: Environment, endpoint: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (/\/\/localhost\b/.test(endpoint)) {
    findings.push(
      warn(
        'endpoint',
        `AWS_ENDPOINT_URL is ${endpoint}, and localhost may be another address than 127.0.0.1`,
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
  if (answers && !ours) findings.push(fail('credentials', 'the keys are not those of the local cloud', OWN_SHELL));
  // Of another emulator the profile may be.
  if (env.AWS_PROFILE && (ours || answers)) {
    findings.push(
      fail(
        'profile',
        `AWS_PROFILE is ${env.AWS_PROFILE}, and its credentials win over the keys for ${endpoint}`,
        `unset AWS_PROFILE, or ${OWN_SHELL}`,
      ),
    );
  }
  return findings;
}

/** Whether a profile says where AWS is, which the SDKs follow and `cdk --profile` does not. */
function profileFindings(env: Environment): Finding[] {
  const found = profileEndpoint(env);
  if (found === undefined) return [];
  const { profile, file, endpoint } = found;
  return [
    warn(
      'profile',
      `the profile ${profile} in ${file} has endpoint_url ${endpoint}, which SDKs follow and cdk --profile does not`,
      'set AWS_PROFILE rather than give --profile, or reach the local cloud by: npx goblet exec -- <command>',
    ),
  ];
}

/** `cdk.json` may name a profile, which then holds for the local cloud too. */
function cdkJsonFindings(directory: string): Finding[] {
  try {
    const { profile }: { readonly profile?: unknown } = JSON.parse(readFileSync(join(directory, 'cdk.json'), 'utf8'));
    if (typeof profile !== 'string') return [];
    const found = `cdk.json names the profile ${profile}, whose credentials win over the keys of the local cloud`;
    return [warn('cdk.json', found, 'take "profile" out of it, and set AWS_PROFILE where it is wanted')];
  } catch {
    return [];
  }
}

/** Milliseconds that the providers of credentials have, the metadata service of a machine among them. */
const PATIENCE = 4_000;

/** Whether the SDK finds credentials for the real AWS. It does not ask AWS whether they hold. */
async function credentialsFinding(region: string): Promise<Finding> {
  quietSdk();
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ region });
  const timeout = pause(PATIENCE, undefined, { ref: false }).then(() => {
    throw new Error(`no provider has answered in ${PATIENCE / 1000} seconds`);
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

/** Where the environment leads SDKs and `cdk`, and what in it leads them elsewhere than it seems. */
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
