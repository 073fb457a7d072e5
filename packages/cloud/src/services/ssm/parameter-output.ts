import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { parameterArn, parseSelector } from './parameter-name.js';
import { newest, type ParameterRecord, type ParameterStore, type ParameterVersion } from './parameter-store.js';

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
  text: string,
  decrypt: boolean,
  scope: Scope,
  parameters: ParameterStore,
): Promise<ParameterOutput> {
  const { name, selector } = parseSelector(text, scope);
  const record = await parameters.get(scope, name);
  // AWS sends no message with it.
  if (!record) throw new AwsError('ParameterNotFound', '');
  if (selector === undefined) return parameterOutput(record, newest(record), decrypt, scope, parameters);
  const version = record.versions.find((one) => String(one.version) === selector);
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return { ...(await parameterOutput(record, version, decrypt, scope, parameters)), Selector: `:${selector}` };
}
