import { unsupported } from '../cognito-error.js';
import type { TriggerConfig } from '../pools/pool-record.js';

/** @throws AwsError InvalidParameterException for triggers that would have to send messages themselves */
export function checkTriggers(config: TriggerConfig | undefined): void {
  if (config?.CustomEmailSender || config?.CustomSMSSender) throw unsupported('the triggers of custom senders');
}
