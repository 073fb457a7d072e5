import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceMaker } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { services } from '../index.js';
import { type AssemblyStack, writeAssembly } from './fixtures/cdk-assembly.js';

/** The CLI's folder; its own exports do not name its program. */
const CDK = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

interface Ran {
  readonly code: number;
  readonly output: string;
  /** `sts AssumeRole deploy`: what the CLI itself asked the cloud for, in order. */
  readonly calls: readonly string[];
}

/** Remembers the calls that come from outside, with the kind of bootstrap role that signed them. */
function recorder(calls: string[]): ServiceMaker {
  const seen = new Set<string>();
  const name = ({ principal }: Call): string | undefined => {
    if (principal.kind === 'service') return undefined;
    if (principal.kind !== 'assumedRole') return '';
    if (principal.sessionName === 'AWSCloudFormation') return undefined;
    return ` [${/^cdk-hnb659fds-(.+)-role-/.exec(principal.roleName)?.[1] ?? principal.roleName}]`;
  };
  return () => ({
    name: 'recorder',
    signingNames: [],
    protocol: queryProtocol('cloudformation'),
    operations: new Map(),
    resourceTypes: [],
    beforeCall: (service, operation, _input, call) => {
      const by = name(call);
      // What a service asks of another for one request has that request's id.
      if (by !== undefined && !seen.has(call.requestId)) calls.push(`${service} ${operation}${by}`);
      seen.add(call.requestId);
      return undefined;
    },
  });
}

/** Calls without immediate repetitions: how often the CLI asks again is up to its clock. */
function distinct(calls: readonly string[]): readonly string[] {
  return calls.filter((call, i) => call !== calls[i - 1]);
}

const PUBLISH_ROLE = ['sts AssumeRole', 's3 ListObjectsV2 [file-publishing]'];
const CHECK_VERSION = ['sts AssumeRole', 'ssm GetParameter [deploy]', 'cloudformation DescribeStacks [deploy]'];
const UPLOAD = [
  's3 GetBucketLocation [file-publishing]',
  's3 ListObjectsV2 [file-publishing]',
  's3 GetBucketEncryption [file-publishing]',
  's3 PutObject [file-publishing]',
];
/** From a change set to a complete stack; the lookup role asks for the progress bar's sake. */
const CHANGE_SET = [
  'cloudformation CreateChangeSet [deploy]',
  'cloudformation DescribeChangeSet [deploy]',
  'sts AssumeRole',
  'cloudformation DescribeStacks [lookup]',
  'cloudformation GetTemplate [lookup]',
  'cloudformation DescribeStacks [deploy]',
  'cloudformation GetTemplate [deploy]',
  'cloudformation DescribeChangeSet [deploy]',
  'cloudformation ExecuteChangeSet [deploy]',
  'cloudformation DescribeStacks [deploy]',
  'cloudformation DescribeStackEvents [deploy]',
];

// The story deploys into several of them.
const inSlowTier = test.runIf(process.env.GOBLET_TESTS === 'full');

describe('the unmodified cdk CLI', () => {
  const account = '000000000000';
  const region = 'eu-west-1';
  const calls: string[] = [];
  let cloud: TestCloud;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goblet-cdk-'));
    cloud = await testCloud({ services: [...services, recorder(calls)] });
    // What an account's first use makes is not the CLI's doing.
    await cloud.context.dispatch(
      'ssm',
      'GetParameter',
      { Name: '/cdk-bootstrap/hnb659fds/version' },
      {
        account,
        region,
        principal: { kind: 'root', account },
        requestId: 'bootstrap',
        sourceIp: '127.0.0.1',
      },
    );
  });

  afterAll(async () => {
    await cloud.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function cdk(...args: readonly string[]): Promise<Ran> {
    const { accessKeyId, secretAccessKey } = cloud.credentials();
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_HOME: join(folder, '.cdk'),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_VALIDATION: 'false',
    };
    calls.length = 0;
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [CDK, ...args, '--no-notices', '--no-color', '--ci'],
        { env, cwd: folder },
        (error, stdout, stderr) => {
          resolve({ code: error ? 1 : 0, output: stdout + stderr, calls: [...calls] });
        },
      );
    });
  }

  async function synthesize(name: string, value: string, more: Partial<AssemblyStack> = {}): Promise<string> {
    const assembly = join(folder, `${name}-${value}`);
    await writeAssembly(assembly, {
      name,
      account,
      region,
      resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } } },
      outputs: { Name: { Value: { Ref: 'P' } } },
      ...more,
    });
    return assembly;
  }

  test('deploys a new stack and prints its outputs', async () => {
    const { output, calls, code } = await cdk('deploy', 'App', '--app', await synthesize('App', 'one'));
    expect(output).toMatch(/^App\.Name = CFN-P-[A-Z2-7]{12}$/m);
    expect(code).toBe(0);
    expect(distinct(calls)).toEqual([
      'sts GetCallerIdentity',
      ...PUBLISH_ROLE,
      ...CHECK_VERSION,
      ...UPLOAD,
      'sts AssumeRole',
      'cloudformation DescribeStacks [deploy]',
      ...CHANGE_SET,
    ]);
  });

  test('sees that nothing changed by the template it gets back, without a change set', async () => {
    const { output, calls } = await cdk('deploy', 'App', '--app', await synthesize('App', 'one'));
    expect(output).toContain('App (no changes)');
    expect(distinct(calls)).toEqual([
      ...PUBLISH_ROLE,
      ...CHECK_VERSION,
      'cloudformation GetTemplate [deploy]',
      'cloudformation DescribeStacks [deploy]',
      'cloudformation DeleteChangeSet [deploy]',
    ]);
  });

  test('shows a difference by a change set that it deletes again', async () => {
    const { output, calls } = await cdk('diff', 'App', '--app', await synthesize('App', 'two'));
    expect(output).toMatch(/\[-\] one[\s\S]*\[\+\] two/);
    expect(distinct(calls)).toEqual([
      'sts AssumeRole',
      'ssm GetParameter [lookup]',
      'cloudformation DescribeStacks [lookup]',
      'cloudformation GetTemplate [lookup]',
      'cloudformation DescribeStacks [lookup]',
      'sts AssumeRole',
      'cloudformation DescribeStacks [deploy]',
      'sts AssumeRole',
      ...UPLOAD,
      'cloudformation DescribeStacks [deploy]',
      'cloudformation DeleteChangeSet [deploy]',
      'cloudformation CreateChangeSet [deploy]',
      'cloudformation DescribeChangeSet [deploy]',
      'cloudformation DeleteChangeSet [deploy]',
    ]);
  });

  test('updates a stack', async () => {
    const { output, calls, code } = await cdk('deploy', 'App', '--app', await synthesize('App', 'two'));
    expect(output).toContain('UPDATE_COMPLETE');
    expect(code).toBe(0);
    expect(distinct(calls)).toEqual([
      ...PUBLISH_ROLE,
      ...CHECK_VERSION,
      'cloudformation GetTemplate [deploy]',
      'cloudformation DescribeStacks [deploy]',
      'cloudformation DeleteChangeSet [deploy]',
      'cloudformation DescribeChangeSet [deploy]',
      ...CHANGE_SET,
    ]);
  });

  test('says why a resource failed, and deploys over the stack that was rolled back', async () => {
    const broken = await synthesize('Broken', 'bad', {
      resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Valeu: 'x' } } },
      outputs: {},
    });
    const { output, code } = await cdk('deploy', 'Broken', '--app', broken);
    expect(code).toBe(1);
    expect(output).toContain('Encountered unsupported property Valeu');
    expect(output).toContain('ROLLBACK_COMPLETE');
    const again = await cdk('deploy', 'Broken', '--app', await synthesize('Broken', 'good'));
    expect(again.calls).toContain('cloudformation DeleteStack [deploy]');
    expect(again.code).toBe(0);
  });

  inSlowTier('deploys into another account and region', async () => {
    const other = { account: '123456789012', region: 'us-east-1' };
    const { output, code } = await cdk('deploy', 'Prod', '--app', await synthesize('Prod', 'one', other));
    expect(output).toContain('arn:aws:cloudformation:us-east-1:123456789012:stack/Prod/');
    expect(code).toBe(0);
  });

  test('destroys a stack, and follows it by its ARN when its name is gone', async () => {
    const { output, calls, code } = await cdk('destroy', 'App', '-f', '--app', await synthesize('App', 'two'));
    expect(output).toContain('App: destroyed');
    expect(code).toBe(0);
    expect(distinct(calls)).toEqual([
      'sts AssumeRole',
      'cloudformation DescribeStacks [deploy]',
      'cloudformation DeleteStack [deploy]',
      'cloudformation DescribeStacks [deploy]',
      'cloudformation DescribeStackEvents [deploy]',
    ]);
  });

  test('updates the bootstrap stack that is there, and then finds nothing to do', async () => {
    const first = await cdk('bootstrap', `aws://${account}/${region}`);
    expect(first.output).toContain(`Environment aws://${account}/${region} bootstrapped.`);
    expect(first.code).toBe(0);
    const second = await cdk('bootstrap', `aws://${account}/${region}`);
    expect(second.output).toContain('bootstrapped (no changes)');
  });
});
