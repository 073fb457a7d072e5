import type { InputReader } from '../../core/input-reader.js';
import type { FunctionVersion } from './function-record.js';

/**
 * Members of a function that are stored and answered back, and change nothing here, each with what says that there is
 * nothing to store. `DeadLetterConfig` is not among them: it would lose events.
 */
const STORED: Readonly<Record<string, (value: InputReader, name: string) => boolean>> = {
  VpcConfig: (input, name) =>
    [input.structure(name)?.list('SubnetIds'), input.structure(name)?.list('SecurityGroupIds')].every(isEmpty),
  FileSystemConfigs: (input, name) => isEmpty(input.list(name)),
  ImageConfig: (input, name) => input.structure(name)?.names().length === 0,
  KMSKeyArn: (input, name) => !input.text(name),
  CodeSigningConfigArn: (input, name) => !input.text(name),
  SnapStart: (input, name) => (input.structure(name)?.text('ApplyOn') ?? 'None') === 'None',
  CapacityProviderConfig: () => false,
  TenancyConfig: () => false,
};

function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list === undefined || list.length === 0;
}

/** What of an input is to be stored as it is; null for what is to be forgotten. */
export type StoredMembers = Readonly<Record<string, unknown>>;

export function readStoredMembers(input: InputReader): StoredMembers {
  // CloudFormation spells one of them in another way than the API.
  const given = Object.entries(STORED).filter(([name]) => input.has(name));
  const kmsKey = input.text('KmsKeyArn');
  return {
    ...Object.fromEntries(given.map(([name, harmless]) => [name, harmless(input, name) ? null : input.raw(name)])),
    ...(kmsKey !== undefined && { KMSKeyArn: kmsKey === '' ? null : kmsKey }),
  };
}

/** What is stored when some members are given anew. */
export function withStored(before: StoredMembers | undefined, given: StoredMembers): StoredMembers | undefined {
  const after = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  return after.length > 0 ? Object.fromEntries(after) : undefined;
}

/** The stored members as a FunctionConfiguration has them. */
export function storedOutput({ stored = {} }: FunctionVersion): Readonly<Record<string, unknown>> {
  const { VpcConfig, ImageConfig, SnapStart, CodeSigningConfigArn: _, ...others } = stored;
  return {
    ...others,
    ...(VpcConfig !== undefined && { VpcConfig: { ...Object(VpcConfig), VpcId: '' } }),
    ...(ImageConfig !== undefined && { ImageConfigResponse: { ImageConfig } }),
    ...(SnapStart !== undefined && { SnapStart: { ...Object(SnapStart), OptimizationStatus: 'Off' } }),
  };
}

/** Why a function is only recorded; undefined for one that runs. */
export function whyRecorded({ runtime, packageType }: Pick<FunctionVersion, 'runtime' | 'packageType'>) {
  if (packageType === 'Image') return 'container images do not run in the local cloud';
  return runtime.startsWith('nodejs') ? undefined : `the runtime ${runtime} does not run in the local cloud`;
}

/** The answer to an invocation of a function that is only recorded, as one that fails. */
export function recordedPayload(name: string, why: string): Buffer {
  const errorMessage = `The function ${name} is only recorded: ${why}`;
  return Buffer.from(JSON.stringify({ errorType: 'Runtime.Unsupported', errorMessage }));
}
