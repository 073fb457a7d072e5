import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { SessionCredentials } from '../../core/credentials.js';
import type { Scope } from '../../core/operation.js';
import { internalCall, lambdaPrincipal } from './internal-call.js';
import { invalidParameter } from './invalid-parameter.js';

/** Seconds; the longest session that every role allows. */
const SESSION = 3600;
const NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.';

/** A session of a function's role, as Lambda opens one for an execution environment. */
export async function assumeExecutionRole(
  { dispatch }: CloudContext,
  scope: Scope,
  roleArn: string,
  functionName: string,
): Promise<SessionCredentials> {
  const input = { RoleArn: roleArn, RoleSessionName: functionName.padEnd(2, '-'), DurationSeconds: SESSION };
  const output: unknown = await dispatch(
    'sts',
    'AssumeRole',
    input,
    internalCall(scope, lambdaPrincipal(scope.account)),
  );
  return parseCredentials(output);
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

/** Whether STS says that there is no such role, or that it does not trust Lambda. */
function isRefusal(error: unknown): boolean {
  return error instanceof AwsError && (error.status === 403 || error.status === 404);
}

/** The error of an invocation whose role has gone since the function was made. */
export function roleUnusable(error: unknown): unknown {
  return isRefusal(error) ? new AwsError('AccessDeniedException', NOT_ASSUMABLE, 403, { Type: 'User' }) : error;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parseCredentials(output: unknown): SessionCredentials {
  const credentials = member(output, 'Credentials');
  const text = (name: string): string => {
    const value = member(credentials, name);
    if (typeof value !== 'string') throw new Error(`AssumeRole gave no ${name}`);
    return value;
  };
  const expiration = member(credentials, 'Expiration');
  const time =
    expiration instanceof Date
      ? expiration.getTime()
      : typeof expiration === 'string'
        ? Date.parse(expiration)
        : typeof expiration === 'number'
          ? expiration * (expiration < 1e11 ? 1000 : 1)
          : Number.NaN;
  if (Number.isNaN(time)) throw new Error('AssumeRole gave no Expiration');
  return {
    accessKeyId: text('AccessKeyId'),
    secretAccessKey: text('SecretAccessKey'),
    sessionToken: text('SessionToken'),
    expiration: time,
  };
}
