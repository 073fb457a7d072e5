import type { Pool } from '../cognito-store.js';
import type { CognitoState } from '../service-state.js';
import { newCode, withCode } from './codes.js';
import type { Delivery, Message } from './messages.js';
import type { UserRecord } from './user-record.js';

export interface CodeRequest extends Pick<Message, 'purpose' | 'clientId' | 'clientMetadata' | 'attribute'> {
  /** The use of the code: `signUp`, `reset`, or `verify:email` */
  readonly use: string;
  /** @default - the user's own for the attribute */
  readonly address?: string | undefined;
}

/** The address to which a new user's code goes: a phone comes first ("Verifying contact information", developer guide). */
export function verifiedByCode(
  { record: { settings } }: Pool,
  attributes: Readonly<Record<string, string>>,
): 'phone_number' | 'email' | undefined {
  const verified: readonly string[] = settings.AutoVerifiedAttributes ?? [];
  return (['phone_number', 'email'] as const).find((name) => verified.includes(name) && attributes[name]);
}

/** Gives the user a code, which is durable before it is sent. */
export async function sendCode(
  { store, messages, context }: CognitoState,
  pool: Pool,
  user: UserRecord,
  { use, address, attribute, ...message }: CodeRequest,
): Promise<Delivery> {
  const code = newCode();
  const withIt = withCode(user, use, { code, attribute }, context.now());
  await store.putUser(withIt);
  const to = address ?? user.attributes[attribute] ?? '';
  return messages.send(pool.record, withIt, { ...message, attribute, address: to, code });
}
