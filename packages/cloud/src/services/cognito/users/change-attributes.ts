import { invalidParameter } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import { checkAttributes, schemaOf } from '../pools/schema.js';
import type { CognitoState } from '../service-state.js';
import type { Delivery, Message } from './messages.js';
import { aliasLosers } from './new-user.js';
import { sendCode } from './send-code.js';
import type { UserRecord } from './user-record.js';

const ADDRESSES = ['email', 'phone_number'] as const;

type Told = Pick<Message, 'clientId' | 'clientMetadata'>;

/**
 * Sets attributes. A new address is not verified; the pool may send a code to it, and keep the old one until that comes
 * back ("Verifying updates to email addresses and phone numbers", developer guide).
 */
export async function changeAttributes(
  state: CognitoState,
  pool: Pool,
  user: UserRecord,
  given: Readonly<Record<string, string>>,
  told: Told = {},
): Promise<readonly Delivery[]> {
  const { settings } = pool.record;
  checkAttributes(pool.record, given, { isNew: false, before: user.attributes });
  const waiting: readonly string[] =
    settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const verified: readonly string[] = settings.AutoVerifiedAttributes ?? [];
  const attributes: Record<string, string> = { ...user.attributes, ...given };
  const pending: Record<string, string> = { ...user.pending };
  const changed = ADDRESSES.filter(
    (name) => given[name] && given[name] !== user.attributes[name] && given[`${name}_verified`] !== 'true',
  );
  for (const name of changed) {
    const address = given[name] ?? '';
    if (waiting.includes(name) && user.attributes[name] !== undefined) {
      pending[name] = address;
      attributes[name] = user.attributes[name];
    } else attributes[`${name}_verified`] = 'false';
  }
  // An attribute without a value is one that is taken away.
  const kept = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
  const value: UserRecord = { ...user, attributes: kept, pending, modified: state.context.now() };
  for (const alias of ADDRESSES) {
    if (kept[`${alias}_verified`] === 'true' && given[alias] !== undefined) aliasLosers(pool, value, alias, false);
  }
  await state.store.putUser(value);
  const deliveries: Delivery[] = [];
  for (const attribute of changed.filter((name) => verified.includes(name))) {
    const now = pool.users.bySub(user.sub) ?? value;
    const request = { use: `verify:${attribute}`, purpose: 'UpdateUserAttribute', attribute, ...told } as const;
    deliveries.push(await sendCode(state, pool, now, { ...request, address: given[attribute] }));
  }
  return deliveries;
}

/** @throws AwsError InvalidParameterException for attributes that every user must have */
export function withoutAttributes(pool: Pool, user: UserRecord, names: readonly string[], now: number): UserRecord {
  const schema = new Map(schemaOf(pool.record).map((attribute) => [attribute.Name, attribute]));
  for (const name of names) {
    const attribute = schema.get(name);
    if (!attribute) {
      throw invalidParameter(
        `Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.\n`,
      );
    }
    if (attribute.Required || name === 'sub') throw invalidParameter(`user.${name}: Attribute cannot be deleted.`);
  }
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  const attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !gone.has(name)));
  return { ...user, attributes, modified: now };
}
