import { strToU8, zipSync } from 'fflate';
import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { functionArn } from '../functions/function-name.js';
import { runtimeStanding } from '../functions/runtimes.js';
import { invalidParameter } from '../lambda-error.js';

interface FunctionProperties extends Properties {
  readonly FunctionName?: string;
  readonly Code?: Readonly<Record<string, unknown>>;
  readonly Architectures?: readonly string[];
  readonly ReservedConcurrentExecutions?: number | string;
  readonly Tags?: TagList;
  readonly CodeSigningConfigArn?: string;
  readonly RecursiveLoop?: string;
  readonly RuntimeManagementConfig?: object;
}

/** Properties that are the API's own members; absent ones get the API's defaults on an update. */
const CONFIGURATION: Readonly<Record<string, unknown>> = {
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  Handler: undefined,
  LoggingConfig: undefined,
  MemorySize: 128,
  Role: undefined,
  Runtime: undefined,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  Layers: [],
  // Taken back by what says nothing.
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  FileSystemConfigs: [],
  ImageConfig: {},
  SnapStart: { ApplyOn: 'None' },
  DeadLetterConfig: { TargetArn: '' },
  // Refused by the API unless they say what is so anyway.
  CapacityProviderConfig: undefined,
  DurableConfig: undefined,
  TenancyConfig: undefined,
};
const OTHERS = [
  'Architectures',
  'Code',
  'CodeSigningConfigArn',
  'FunctionName',
  'KmsKeyArn',
  'PackageType',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
  'Tags',
];

function checkProperties(properties: FunctionProperties): void {
  const unknown = Object.keys(properties).filter((name) => !(name in CONFIGURATION) && !OTHERS.includes(name));
  if (unknown.length > 0)
    throw invalidParameter(`The local cloud does not support ${unknown.join(', ')} of a function`);
}

/** Code as the API takes it: source text in a template is the file `index.js`, or `index.py`. */
function codeOf({ Code = {}, Runtime }: FunctionProperties): Readonly<Record<string, unknown>> {
  const { ZipFile: source, ...rest } = Code;
  if (source === undefined) return rest;
  const file = typeof Runtime === 'string' && Runtime.startsWith('python') ? 'index.py' : 'index.js';
  return { ...rest, ZipFile: zipSync({ [file]: [strToU8(String(source)), { mtime: '2026-01-01T00:00:00Z' }] }) };
}

/** Log settings with the defaults in place, so that an update takes back what the template no longer says. */
function loggingOf(name: string, logging: unknown): Readonly<Record<string, unknown>> {
  const given = typeof logging === 'object' && logging !== null ? logging : {};
  return { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`, ...given };
}

function configurationOf(name: string, properties: FunctionProperties): Record<string, unknown> {
  const entries = Object.entries(CONFIGURATION).map(([member, otherwise]) => [member, properties[member] ?? otherwise]);
  return { ...Object.fromEntries(entries), LoggingConfig: loggingOf(name, properties.LoggingConfig) };
}

function stateOf(name: string, context: ResourceContext): ResourceState {
  return {
    attributes: {
      Arn: functionArn({ account: context.account, region: context.region, name }),
      'SnapStartResponse.ApplyOn': 'None',
      'SnapStartResponse.OptimizationStatus': 'Off',
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

async function reserve(name: string, wanted: FunctionProperties, context: ResourceContext): Promise<void> {
  const { ReservedConcurrentExecutions: reserved } = wanted;
  if (reserved === undefined) await context.call('lambda', 'DeleteFunctionConcurrency', { FunctionName: name });
  else {
    const input = { FunctionName: name, ReservedConcurrentExecutions: Number(reserved) };
    await context.call('lambda', 'PutFunctionConcurrency', input);
  }
}

/** Properties that are set by operations of their own, where a template changes them. */
async function manage(
  FunctionName: string,
  wanted: FunctionProperties,
  previous: FunctionProperties,
  { call }: ResourceContext,
): Promise<void> {
  const { RecursiveLoop = 'Terminate', CodeSigningConfigArn, RuntimeManagementConfig } = wanted;
  if (RecursiveLoop !== (previous.RecursiveLoop ?? 'Terminate')) {
    await call('lambda', 'PutFunctionRecursionConfig', { FunctionName, RecursiveLoop });
  }
  if (!same(RuntimeManagementConfig, previous.RuntimeManagementConfig)) {
    const management = RuntimeManagementConfig ?? { UpdateRuntimeOn: 'Auto' };
    await call('lambda', 'PutRuntimeManagementConfig', { FunctionName, ...management });
  }
  if (CodeSigningConfigArn === previous.CodeSigningConfigArn) return;
  if (CodeSigningConfigArn === undefined) await call('lambda', 'DeleteFunctionCodeSigningConfig', { FunctionName });
  else await call('lambda', 'PutFunctionCodeSigningConfig', { FunctionName, CodeSigningConfigArn });
}

async function configure(name: string, properties: FunctionProperties, context: ResourceContext): Promise<void> {
  await context.call('lambda', 'UpdateFunctionConfiguration', {
    FunctionName: name,
    ...configurationOf(name, properties),
  });
}

async function load(name: string, properties: FunctionProperties, context: ResourceContext): Promise<void> {
  const { Architectures = ['x86_64'] } = properties;
  await context.call('lambda', 'UpdateFunctionCode', { FunctionName: name, Architectures, ...codeOf(properties) });
}

export const lambdaFunction: ResourceType<FunctionProperties> = {
  type: 'AWS::Lambda::Function',
  refuses: [
    {
      path: 'Runtime',
      when: (runtime) => typeof runtime === 'string' && runtimeStanding(runtime) === undefined,
      values: 'runtimes that are not known here',
      why: 'Lambda has no such runtime, or it is newer than this cloud',
    },
    { path: 'DurableConfig', why: 'durable functions do not run here' },
    { path: 'Code.SourceKMSKeyArn', why: 'code is not encrypted here; leave the key out by a condition' },
  ],
  nameProperty: 'FunctionName',
  maxNameLength: 64,
  create: async (name, properties, context) => {
    checkProperties(properties);
    const tags = stackTags(properties.Tags, context);
    const { ReservedConcurrentExecutions, KmsKeyArn: KMSKeyArn, ...members } = properties;
    try {
      const input = { ...members, KMSKeyArn, FunctionName: name, Code: codeOf(properties), Tags: tags };
      await context.call('lambda', 'CreateFunction', input, name);
    } catch (error) {
      if (!failedWith(error, 'ResourceConflictException')) throw error;
      const found = await context.call('lambda', 'GetFunction', { FunctionName: name });
      if (!isOwn(found.Tags, tags)) throw error;
      await load(name, properties, context);
      await configure(name, properties, context);
    }
    if (ReservedConcurrentExecutions !== undefined) await reserve(name, properties, context);
    const { CodeSigningConfigArn } = properties;
    await manage(name, properties, CodeSigningConfigArn === undefined ? {} : { CodeSigningConfigArn }, context);
    return stateOf(name, context);
  },
  update: async (name, properties, previous, context) => {
    checkProperties(properties);
    if (!same(properties.Code, previous.Code) || !same(properties.Architectures, previous.Architectures)) {
      await load(name, properties, context);
    }
    if (!same(configurationOf(name, properties), configurationOf(name, previous))) {
      await configure(name, properties, context);
    }
    if (String(properties.ReservedConcurrentExecutions) !== String(previous.ReservedConcurrentExecutions)) {
      await reserve(name, properties, context);
    }
    await manage(name, properties, previous, context);
    await updateTags(name, properties, context);
    return stateOf(name, context);
  },
  delete: (name, _properties, context) => unlessGone(context.call('lambda', 'DeleteFunction', { FunctionName: name })),
};

async function updateTags(name: string, properties: FunctionProperties, context: ResourceContext): Promise<void> {
  const Resource = functionArn({ account: context.account, region: context.region, name });
  const wanted = stackTags(properties.Tags, context);
  const { Tags: found = {} } = await context.call('lambda', 'ListTags', { Resource });
  const gone = Object.keys(found).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('lambda', 'UntagResource', { Resource, TagKeys: gone });
  if (Object.entries(wanted).some(([key, value]) => found[key] !== value)) {
    await context.call('lambda', 'TagResource', { Resource, Tags: wanted }, name);
  }
}
