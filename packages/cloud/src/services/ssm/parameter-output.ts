import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/operation.js';
import type { Output } from '../../model/client-types.js';
import { type ParameterSelector, parameterArn } from './parameter-name.js';
import { newest, type ParameterRecord, type ParameterStore, type ParameterVersion } from './parameter-store.js';
import { isSecretReference, secretParameter } from './secret-reference.js';
import { parameterNotFound } from './ssm-error.js';

/** A parameter as GetParameter and its kin answer. */
export async function parameterOutput(
  record: ParameterRecord,
  version: ParameterVersion,
  decrypt: boolean,
  call: Call,
  parameters: ParameterStore,
) {
  if (decrypt) await parameters.useKey(call, { ...version, name: record.name }, 'Decrypt');
  const sealed = version.type === 'SecureString' && !decrypt;
  return {
    Name: record.name,
    Type: version.type,
    Value: sealed ? (await parameters.sealer(call))(version.value) : version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.modified),
    ARN: parameterArn(call, record.name),
    DataType: version.dataType,
  };
}

export type ParameterOutput = Output<'ssm', 'GetParameter'>['Parameter'] & object;

/** @throws AwsError ParameterNotFound, ParameterVersionNotFound */
export async function readParameter(
  { name, selector, byArn }: ParameterSelector,
  decrypt: boolean,
  call: Call,
  parameters: ParameterStore,
): Promise<ParameterOutput> {
  if (isSecretReference(name)) return secretParameter({ name, selector, byArn, text: name }, decrypt, call, parameters);
  const stored = await parameters.get(call, name);
  if (!stored) throw parameterNotFound(name);
  // AWS answers with the name that it was asked by.
  const record = byArn ? stored : { ...stored, name };
  if (selector === undefined) return parameterOutput(record, newest(record), decrypt, call, parameters);
  const version = record.versions.find((each) => String(each.version) === selector);
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return { ...(await parameterOutput(record, version, decrypt, call, parameters)), Selector: `:${selector}` };
}
