import { assumeRole } from '../../../core/assume-role.js';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { SessionCredentials } from '../../../core/credentials.js';
import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { invalidParameter } from '../lambda-error.js';

const NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.';

/**
 * A session of a function's role, as Lambda opens one for an execution environment.
 * @param sourceFunctionArn whose code will have it; none where Lambda itself acts under the role
 */
export function assumeExecutionRole(
  context: CloudContext,
  scope: Scope,
  roleArn: string,
  functionName: string,
  sourceFunctionArn?: string,
): Promise<SessionCredentials> {
  return assumeRole(context, scope, {
    service: 'lambda.amazonaws.com',
    roleArn,
    sessionName: functionName.padEnd(2, '-'),
    ...defined({ sourceFunctionArn }),
  });
}

/** Throws InvalidParameterValueException where there is no such role, or its trust policy does not name Lambda. */
export async function checkExecutionRole(
  context: CloudContext,
  scope: Scope,
  roleArn: string,
  functionName: string,
): Promise<void> {
  try {
    await assumeExecutionRole(context, scope, roleArn, functionName);
  } catch (error) {
    throw isRefusal(error) ? invalidParameter(NOT_ASSUMABLE) : error;
  }
}

/** True if STS answers that there is no such role, or that it does not trust Lambda. */
function isRefusal(error: unknown): boolean {
  return error instanceof AwsError && (error.status === 403 || error.status === 404);
}

/** The error of an invocation whose role has gone since the function was made. */
export function roleUnusable(error: unknown): unknown {
  return isRefusal(error) ? new AwsError('AccessDeniedException', NOT_ASSUMABLE, 403, { Type: 'User' }) : error;
}
