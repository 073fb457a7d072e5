import type { CloudContext } from '../../../core/cloud.js';
import type { TriggerConfig } from '../pools/pool-record.js';

const SENDERS = ['CustomEmailSender', 'CustomSMSSender'] as const;

/**
 * Says that functions that would send a pool's messages are not called: they get codes that the AWS Encryption SDK
 * encrypts. The messages are kept as those of other pools are.
 */
export function warnOfSenders({ emit, now }: CloudContext, poolId: string, config: TriggerConfig | undefined): void {
  const named = SENDERS.filter((name) => config?.[name] !== undefined);
  if (named.length === 0) return;
  const message = `the local cloud does not call ${named.join(' and ')} of the user pool ${poolId}; its messages are in its log group`;
  emit({ kind: 'warning', time: now(), message });
}
