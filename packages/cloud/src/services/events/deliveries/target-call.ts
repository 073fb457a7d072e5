import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call } from '../../../core/operation.js';
import type { RoleSessions } from '../../../kit/role-sessions.js';
import { busOf, type RuleName, ruleArn } from '../rules/rule-name.js';
import type { Destination } from '../targets/destination.js';
import type { DeliveryFailure } from './delivery-failure.js';

export const EVENTS = 'events.amazonaws.com';

/** Why EventBridge could not act under a role. */
export class RoleFailure extends Error implements DeliveryFailure {
  readonly code = 'FAILED_TO_ASSUME_ROLE';
  readonly retriable = false;
}

/**
 * Who a target is called as. Under its role, where it has one; else EventBridge itself for the rule, which the target's own
 * policy has to let in, or for a bus of another account the account of the rule.
 *
 * @param role of the target
 * @param ruleRole of the rule, which kinds of destinations without a policy of their own are called under
 * @throws RoleFailure
 */
export async function targetCall(
  sessions: RoleSessions,
  rule: RuleName,
  { kind, at }: Destination,
  role: string | undefined,
  ruleRole: string | undefined,
): Promise<Call> {
  const roleArn = role ?? (kind === 'stream' || kind === 'apiDestination' || kind === 'bus' ? ruleRole : undefined);
  // CloudWatch Logs is never called under a role ("Using resource-based policies for Amazon EventBridge").
  if (roleArn !== undefined && kind !== 'logGroup') {
    try {
      return await sessions.call(roleArn, rule.name.padEnd(2, '-'), busOf(rule), at);
    } catch (error) {
      throw new RoleFailure(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
  if (kind === 'bus' && at.account !== rule.account) {
    return internalCall(at, { kind: 'root', account: rule.account });
  }
  return serviceCall(rule, at);
}

/** EventBridge itself, for a rule. */
export function serviceCall(rule: RuleName, at: Pick<Call, 'account' | 'region'>): Call {
  return internalCall(at, { kind: 'service', account: rule.account, service: EVENTS, sourceArn: ruleArn(rule) });
}

export type Services = Pick<CloudContext, 'dispatch'>;
