import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call, Scope } from '../../../core/operation.js';
import { RoleSessions } from '../../../kit/role-sessions.js';

const SERVICE = 'apigateway.amazonaws.com';

/** The calls that integrations make: as the service for one method, or under the role that the integration names. */
export interface IntegrationCallers {
  /**
   * @param lands the account and region of what is called
   * @throws AwsError where the role cannot be assumed
   */
  readonly callOf: (lands: Scope, sourceArn: string, credentials: string | undefined) => Promise<Call>;
}

/** @param owner the account and region of the API */
export function integrationCallers(context: CloudContext, owner: Scope): IntegrationCallers {
  const sessions = new RoleSessions(context, SERVICE);
  return {
    callOf: async (lands, sourceArn, credentials) => {
      const call =
        credentials === undefined
          ? internalCall(lands, { kind: 'service', account: owner.account, service: SERVICE, sourceArn })
          : // The name that AWS's sessions for integrations have.
            await sessions.call(credentials, 'BackplaneAssumeRoleSession', owner, lands);
      return { ...call, sourceIp: SERVICE };
    },
  };
}
