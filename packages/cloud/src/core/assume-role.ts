import type { CloudContext } from './cloud.js';
import type { SessionCredentials } from './credentials.js';
import { defined } from './defined.js';
import { internalCall } from './internal-call.js';
import type { Scope } from './operation.js';

/** Seconds; the longest session that every role allows. */
const SESSION = 3600;

export interface RoleSession {
  /** Who assumes it, as its trust policy names it: `lambda.amazonaws.com` */
  readonly service: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** The function whose execution role it is. */
  readonly sourceFunctionArn?: string;
  /** The resource for which the service acts, for `aws:SourceArn`. */
  readonly sourceArn?: string;
}

/**
 * Opens a session of a role for a service that acts under it.
 * @throws AwsError of STS where there is no such role, or it does not trust the service
 */
export async function assumeRole(
  { dispatch }: Pick<CloudContext, 'dispatch'>,
  scope: Scope,
  { service, roleArn, sessionName, sourceFunctionArn, sourceArn }: RoleSession,
): Promise<SessionCredentials> {
  const input = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: SESSION };
  const caller = {
    ...internalCall(scope, {
      kind: 'service',
      account: scope.account,
      service,
      ...defined({ sourceArn }),
    }),
    ...defined({ sourceFunctionArn }),
  };
  const output: unknown = await dispatch('sts', 'AssumeRole', input, caller);
  return parseCredentials(output);
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
