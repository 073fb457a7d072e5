import type { Pool } from '../cognito-store.js';
import type { Triggers } from '../triggers/triggers.js';
import { triggerAttributes } from '../triggers/user-attributes.js';
import type { UserRecord } from './user-record.js';

/** Tells the pool's function of a user who is confirmed by now, whatever it answers. */
export async function afterConfirmation(
  triggers: Triggers,
  pool: Pool,
  user: UserRecord,
  cause: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  { clientId, clientMetadata }: { clientId?: string; clientMetadata?: Readonly<Record<string, string>> | undefined },
): Promise<void> {
  await triggers.run(pool.record, 'PostConfirmation', {
    source: `PostConfirmation_${cause}`,
    userName: user.username,
    clientId,
    request: { userAttributes: triggerAttributes(user), ...(clientMetadata && { clientMetadata }) },
    response: {},
  });
}
