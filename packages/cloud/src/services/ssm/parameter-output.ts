import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { type ParameterSelector, parameterArn } from './parameter-name.js';
import { newest, type ParameterRecord, type ParameterStore, type ParameterVersion } from './parameter-store.js';
import { parameterNotFound } from './ssm-error.js';

/** A parameter as GetParameter and its kin answer. */
export async function parameterOutput(
  record: ParameterRecord,
  version: ParameterVersion,
  decrypt: boolean,
  scope: Scope,
  parameters: ParameterStore,
) {
  const sealed = version.type === 'SecureString' && !decrypt;
  return {
    Name: record.name,
    Type: version.type,
    Value: sealed ? (await parameters.sealer(scope))(version.value) : version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.modified),
    ARN: parameterArn(scope, record.name),
    DataType: version.dataType,
  };
}

export type ParameterOutput = Awaited<ReturnType<typeof parameterOutput>> & { readonly Selector?: string };

/** @throws AwsError ParameterNotFound, ParameterVersionNotFound */
export async function readParameter(
  { name, selector, byArn }: ParameterSelector,
  decrypt: boolean,
  scope: Scope,
  parameters: ParameterStore,
): Promise<ParameterOutput> {
  const stored = await parameters.get(scope, name);
  if (!stored) throw parameterNotFound(name);
  // AWS answers with the name that it was asked by.
  const record = byArn ? stored : { ...stored, name };
  if (selector === undefined) return parameterOutput(record, newest(record), decrypt, scope, parameters);
  const version = record.versions.find((each) => String(each.version) === selector);
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return { ...(await parameterOutput(record, version, decrypt, scope, parameters)), Selector: `:${selector}` };
}
