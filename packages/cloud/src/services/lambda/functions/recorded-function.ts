import type { Input, Output } from '../../../model/client-types.js';

type FunctionInput = Partial<Input<'lambda', 'CreateFunction'>>;

/** Members of a function that are stored and answered back, and change nothing here. */
export type StoredMembers = Pick<
  FunctionInput,
  | 'VpcConfig'
  | 'FileSystemConfigs'
  | 'ImageConfig'
  | 'KMSKeyArn'
  | 'SnapStart'
  | 'CapacityProviderConfig'
  | 'TenancyConfig'
>;

/** Members to store; null for those to forget. */
export type StoredChange = { readonly [Name in keyof StoredMembers]: StoredMembers[Name] | null };

const NAMES = [
  'VpcConfig',
  'FileSystemConfigs',
  'ImageConfig',
  'KMSKeyArn',
  'SnapStart',
  'CapacityProviderConfig',
  'TenancyConfig',
] as const;

/** True if a member asks for nothing. */
function isEmpty(name: (typeof NAMES)[number], input: FunctionInput): boolean {
  switch (name) {
    case 'VpcConfig':
      return !input.VpcConfig?.SubnetIds?.length && !input.VpcConfig?.SecurityGroupIds?.length;
    case 'FileSystemConfigs':
      return !input.FileSystemConfigs?.length;
    case 'ImageConfig':
      return Object.keys(input.ImageConfig ?? {}).length === 0;
    case 'SnapStart':
      return (input.SnapStart?.ApplyOn ?? 'None') === 'None';
    default:
      return !input[name];
  }
}

export function parseStoredMembers(input: FunctionInput): StoredChange {
  const given = NAMES.filter((name) => input[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, isEmpty(name, input) ? null : input[name]]));
}

/** The stored members after a change. */
export function withStored(before: StoredMembers | undefined, change: StoredChange): StoredMembers | undefined {
  const after = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
  return after.length > 0 ? Object.fromEntries(after) : undefined;
}

/** The stored members in a FunctionConfiguration. */
export function storedOutput({
  stored = {},
}: {
  readonly stored?: StoredMembers | undefined;
}): Output<'lambda', 'GetFunctionConfiguration'> {
  const { VpcConfig, ImageConfig, SnapStart, ...others } = stored;
  return {
    ...others,
    ...(VpcConfig && { VpcConfig: { ...VpcConfig, VpcId: '' } }),
    ...(ImageConfig && { ImageConfigResponse: { ImageConfig } }),
    ...(SnapStart && { SnapStart: { ...SnapStart, OptimizationStatus: 'Off' } }),
  };
}

/** The reason why a function is only recorded; undefined for one that runs. */
export function whyRecorded({
  runtime,
  packageType,
}: {
  readonly runtime: string;
  readonly packageType?: string | undefined;
}): string | undefined {
  if (packageType === 'Image') return 'container images do not run in the local cloud';
  return runtime.startsWith('nodejs') ? undefined : `the runtime ${runtime} does not run in the local cloud`;
}

/** The answer to an invocation of a function that is only recorded, as one that fails. */
export function recordedPayload(name: string, why: string): Buffer {
  const errorMessage = `The function ${name} is only recorded: ${why}`;
  return Buffer.from(JSON.stringify({ errorType: 'Runtime.Unsupported', errorMessage }));
}
