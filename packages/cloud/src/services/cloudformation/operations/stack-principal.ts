import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { Principal } from '../../../core/principal.js';
import { validationError } from '../template/template-error.js';
import type { CloudFormationState } from './state.js';

/**
 * Who makes the calls of a stack: its execution role, which must trust cloudformation.amazonaws.com, else the caller.
 * @throws AwsError ValidationError where the role cannot be assumed
 */
export async function stackPrincipal(
  roleArn: string | undefined,
  call: Call,
  state: CloudFormationState,
): Promise<Principal> {
  if (roleArn === undefined) return call.principal;
  const service: Principal = { kind: 'service', account: call.account, service: 'cloudformation.amazonaws.com' };
  try {
    const output: unknown = await state.cloud.dispatch(
      'sts',
      'AssumeRole',
      { RoleArn: roleArn, RoleSessionName: 'AWSCloudFormation' },
      { ...call, principal: service },
    );
    const session = await state.cloud.credentials.find(accessKeyIn(output));
    if (session) return session.principal;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
  throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
}

function accessKeyIn(output: unknown): string {
  if (typeof output !== 'object' || output === null || !('Credentials' in output)) return '';
  const { Credentials: credentials } = output;
  if (typeof credentials !== 'object' || credentials === null || !('AccessKeyId' in credentials)) return '';
  return String(credentials.AccessKeyId);
}
