import { POOL_ID } from '../limits.js';
import type { PoolRecord } from '../pools/pool-record.js';
import { cognitoOperation, onPool } from '../service-state.js';

function mfaOutput({ settings, mfa }: PoolRecord) {
  const { SmsConfiguration, SmsAuthenticationMessage, MfaConfiguration = 'OFF' } = settings;
  const sms = SmsConfiguration && { SmsConfiguration, SmsAuthenticationMessage };
  return { ...(sms && { SmsMfaConfiguration: sms }), ...mfa, MfaConfiguration };
}

export const getUserPoolMfaConfig = cognitoOperation({
  name: 'GetUserPoolMfaConfig',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'GetUserPoolMfaConfig')],
  handle: ({ UserPoolId }, call, { store }) => mfaOutput(store.get(call, UserPoolId).record),
});

export const setUserPoolMfaConfig = cognitoOperation({
  name: 'SetUserPoolMfaConfig',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'SetUserPoolMfaConfig')],
  handle: async (input, call, { store, context }) => {
    const { record } = store.get(call, input.UserPoolId);
    const { SmsMfaConfiguration: sms, MfaConfiguration } = input;
    const value: PoolRecord = {
      ...record,
      settings: {
        ...record.settings,
        MfaConfiguration: MfaConfiguration ?? record.settings.MfaConfiguration,
        SmsConfiguration: sms?.SmsConfiguration ?? record.settings.SmsConfiguration,
        SmsAuthenticationMessage: sms?.SmsAuthenticationMessage ?? record.settings.SmsAuthenticationMessage,
      },
      mfa: {
        SoftwareTokenMfaConfiguration: input.SoftwareTokenMfaConfiguration,
        EmailMfaConfiguration: input.EmailMfaConfiguration,
        WebAuthnConfiguration: input.WebAuthnConfiguration,
      },
      modified: context.now(),
    };
    await store.change({ kind: 'pool', poolId: record.id, name: '', value });
    return mfaOutput(value);
  },
});
