import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ClientConfig } from '@goblet/cloud/testing';
import type { CorpusApp, CorpusStack } from './corpus-stack.js';
import { stubCode } from './stub-code.js';

export interface Outcome {
  /** `samples/x.json WebStack` */
  readonly stack: string;
  /** The first failure; undefined where it was deployed. */
  readonly failure: string | undefined;
  readonly isDeleted: boolean;
  /** True if the deployment said that something of it is only recorded. */
  readonly hasRecorded: boolean;
}

const LEGACY_KEY = 'legacy/stub.zip';

/** Deploys the stacks of an app to an account of their own, and deletes them again. */
export async function deployApp(
  app: CorpusApp,
  account: string,
  configOf: (region: string) => ClientConfig,
): Promise<readonly Outcome[]> {
  const deployed: { readonly stack: CorpusStack; readonly client: CloudFormationClient; outcome: Outcome }[] = [];
  for (const stack of app.stacks) {
    const region = /^aws:\/\/[^/]+\/([a-z]+-[a-z-]+-\d)$/.exec(stack.environment ?? '')?.[1] ?? 'us-east-1';
    const config = { ...configOf(region), maxAttempts: 1 };
    const client = new CloudFormationClient(config);
    const objects = new S3Client({ ...config, forcePathStyle: true });
    const { failure, hasRecorded } = await deploy(stack, account, region, client, objects);
    const outcome = { stack: `${app.name} ${stack.stackName}`, failure, hasRecorded, isDeleted: false };
    deployed.push({ stack, client, outcome });
  }
  for (const each of [...deployed].reverse()) {
    each.outcome = { ...each.outcome, isDeleted: await isDeleted(each.stack.stackName, each.client) };
    each.client.destroy();
  }
  return deployed.map(({ outcome }) => outcome);
}

async function deploy(
  stack: CorpusStack,
  account: string,
  region: string,
  client: CloudFormationClient,
  objects: S3Client,
): Promise<Pick<Outcome, 'failure' | 'hasRecorded'>> {
  const { stackName: StackName, template } = stack;
  try {
    await publish(stack, account, region, client, objects);
    const bucket = bucketOf(account, region);
    await client.send(
      new CreateStackCommand({
        StackName,
        TemplateURL: `https://s3.${region}.amazonaws.com/${bucket}/templates/${StackName}.json`,
        Parameters: parametersOf(stack, account, region),
        Tags: Object.entries(stack.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      }),
    );
    const { StackStatus } = await settled(StackName, client);
    if (StackStatus !== 'CREATE_COMPLETE')
      return { failure: await firstFailure(StackName, client), hasRecorded: false };
    return { failure: undefined, hasRecorded: await hasRecorded(StackName, client) };
  } catch (error) {
    if (template.Resources === undefined) return { failure: 'no resources', hasRecorded: false };
    return { failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error), hasRecorded: false };
  } finally {
    objects.destroy();
  }
}

const bucketOf = (account: string, region: string): string => `cdk-hnb659fds-assets-${account}-${region}`;

/** Puts what the CLI would publish: code, nested templates, and the template itself. */
async function publish(
  { stackName, template, nestedTemplates = {} }: CorpusStack,
  account: string,
  region: string,
  client: CloudFormationClient,
  objects: S3Client,
): Promise<void> {
  // The bucket is there once the region has been used.
  await client.send(new ListStacksCommand({}));
  const Bucket = bucketOf(account, region);
  const put = (Key: string, Body: string | Uint8Array) => objects.send(new PutObjectCommand({ Bucket, Key, Body }));
  const text = JSON.stringify(template);
  const nestedText = JSON.stringify(nestedTemplates);
  for (const [key] of `${text}${nestedText}`.matchAll(/[0-9a-f]{64}\.zip/g)) await put(key, stubCode);
  const parents = [template, ...Object.values(nestedTemplates)];
  const nestedStacks = parents.flatMap(({ Resources = {} }) => Object.values(Resources));
  for (const { Type, Properties = {}, Metadata = {} } of nestedStacks) {
    const nested = nestedTemplates[String(Metadata['aws:asset:path'])];
    if (Type !== 'AWS::CloudFormation::Stack' || !nested) continue;
    const key = /[0-9a-f]{64}\.json/.exec(JSON.stringify(Properties.TemplateURL))?.[0];
    if (key) await put(key, JSON.stringify(nested));
  }
  await put(LEGACY_KEY, stubCode);
  await put(`templates/${stackName}.json`, text);
}

function parametersOf({ template, parameters = {} }: CorpusStack, account: string, region: string) {
  return Object.entries(template.Parameters ?? {}).flatMap(([ParameterKey, { Default }]) => {
    const given = parameters[ParameterKey];
    if (typeof given === 'string') {
      const ParameterValue = given.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
      return [{ ParameterKey, ParameterValue }];
    }
    if (/S3Bucket/.test(ParameterKey)) return [{ ParameterKey, ParameterValue: bucketOf(account, region) }];
    if (/S3VersionKey/.test(ParameterKey)) {
      return [{ ParameterKey, ParameterValue: LEGACY_KEY.replace('/', '/||') }];
    }
    return Default === undefined ? [{ ParameterKey, ParameterValue: 'value' }] : [];
  });
}

async function settled(StackName: string, client: CloudFormationClient): Promise<Stack> {
  for (;;) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks;
    if (stack && !/IN_PROGRESS$/.test(stack.StackStatus ?? '')) return stack;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The last event of the deployment says so. */
async function hasRecorded(StackName: string, client: CloudFormationClient): Promise<boolean> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents[0]?.ResourceStatusReason?.includes('Only recorded here') ?? false;
}

async function firstFailure(StackName: string, client: CloudFormationClient): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const first = StackEvents.filter(({ ResourceStatus }) => /FAILED$/.test(ResourceStatus ?? ''))
    .filter(({ ResourceStatusReason }) => !/cancelled/i.test(ResourceStatusReason ?? ''))
    .at(-1);
  return first ? `${first.ResourceType} ${first.LogicalResourceId}: ${first.ResourceStatusReason}` : 'no reason';
}

async function isDeleted(StackName: string, client: CloudFormationClient): Promise<boolean> {
  try {
    await client.send(new DeleteStackCommand({ StackName }));
    return (await settled(StackName, client)).StackStatus === 'DELETE_COMPLETE';
  } catch (error) {
    // A stack that is gone has no name any more.
    return error instanceof Error && /does not exist/.test(error.message);
  }
}
