import { failedWith } from '../../core/aws-failure.js';
import type { Call } from '../../core/operation.js';
import type { ParameterSelector } from './parameter-name.js';
import type { ParameterStore } from './parameter-store.js';
import { invalid, parameterNotFound } from './ssm-error.js';

/** The names under which the Parameter Store has the secrets of Secrets Manager. */
const PATH = '/aws/reference/secretsmanager/';
const VERSION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isSecretReference = (name: string): boolean => name.startsWith(PATH) && name.length > PATH.length;

/**
 * A secret as a parameter ("Referencing AWS Secrets Manager secrets from Parameter Store parameters" of the user guide),
 * read with the caller's own permissions.
 *
 * @throws AwsError ParameterNotFound; ValidationException where its value is not asked for
 */
export async function secretParameter(
  { name, selector }: ParameterSelector,
  decrypt: boolean,
  call: Call,
  { dispatch }: Pick<ParameterStore, 'dispatch'>,
) {
  if (!decrypt) throw invalid('WithDecryption flag must be True for retrieving a Secret Manager secret.');
  const version =
    selector !== undefined && (VERSION_ID.test(selector) ? { VersionId: selector } : { VersionStage: selector });
  const input = { SecretId: name.slice(PATH.length), ...version };
  const secret = await dispatch('secretsmanager', 'GetSecretValue', input, call).catch((error: unknown) => {
    throw failedWith(error, 'ResourceNotFoundException') ? parameterNotFound(name) : error;
  });
  const { ARN, Name, VersionId, SecretString, VersionStages, CreatedDate = new Date(0) } = secret;
  return {
    Name: name,
    Type: 'SecureString' as const,
    Value: SecretString,
    Version: 0,
    LastModifiedDate: CreatedDate,
    SourceResult: JSON.stringify({
      ARN,
      name: Name,
      versionId: VersionId,
      secretString: SecretString,
      versionStages: VersionStages,
      createdDate: CreatedDate,
    }),
    ARN,
    DataType: 'text',
    ...(selector !== undefined && { Selector: `:${selector}` }),
  };
}
