import type { ResourceContext } from '../../../core/resource-type.js';
import type { PasswordRules } from '../random-password.js';
import { invalidRequest } from '../secret-error.js';

export interface GenerateSecretString extends PasswordRules {
  /** JSON to which the password is added. */
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

/**
 * A new password, or the template with it under the key.
 * @throws AwsError InvalidRequestException where the template is no JSON object
 */
export async function generatedPassword(
  { SecretStringTemplate: template, GenerateStringKey: key, ...rules }: GenerateSecretString,
  context: ResourceContext,
): Promise<string> {
  if ((template === undefined) !== (key === undefined)) {
    throw invalidRequest('SecretStringTemplate and GenerateStringKey must be given together.');
  }
  const { RandomPassword = '' } = await context.call('secretsmanager', 'GetRandomPassword', rules);
  if (template === undefined || key === undefined) return RandomPassword;
  return JSON.stringify({ ...objectIn(template), [key]: RandomPassword });
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw invalidRequest('SecretStringTemplate must be a JSON object.');
}
