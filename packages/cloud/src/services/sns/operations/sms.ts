import { AwsError } from '../../../core/aws-error.js';
import { pageOf } from '../../../kit/page.js';
import { onAnything, snsOperation } from '../service-state.js';
import { readNumber } from '../sms/phone-number.js';
import type { SandboxNumber } from '../sms/phones.js';
import { checkSmsAttributes } from '../sms/sms-attributes.js';
import { invalidParameter } from '../sns-error.js';

export const setSmsAttributes = snsOperation({
  name: 'SetSMSAttributes',
  parse: ({ attributes }) => {
    checkSmsAttributes(attributes);
    return attributes;
  },
  access: (row) => [onAnything(row, 'SetSMSAttributes')],
  handle: async (attributes, call, { phones }) => {
    await phones.setAttributes(call, attributes);
  },
});

export const getSmsAttributes = snsOperation({
  name: 'GetSMSAttributes',
  access: (row) => [onAnything(row, 'GetSMSAttributes')],
  handle: ({ attributes: names = [] }, call, { phones }) => {
    const all = Object.entries(phones.attributesOf(call));
    return { attributes: Object.fromEntries(all.filter(([name]) => names.length === 0 || names.includes(name))) };
  },
});

/** No phone answers here, so none says that it wants no messages. */
export const checkIfPhoneNumberIsOptedOut = snsOperation({
  name: 'CheckIfPhoneNumberIsOptedOut',
  parse: ({ phoneNumber }) => readNumber(phoneNumber),
  access: (row) => [onAnything(row, 'CheckIfPhoneNumberIsOptedOut')],
  handle: () => ({ isOptedOut: false }),
});

export const listPhoneNumbersOptedOut = snsOperation({
  name: 'ListPhoneNumbersOptedOut',
  access: (row) => [onAnything(row, 'ListPhoneNumbersOptedOut')],
  handle: () => ({ phoneNumbers: [] }),
});

export const optInPhoneNumber = snsOperation({
  name: 'OptInPhoneNumber',
  parse: ({ phoneNumber }) => ({ phoneNumber: readNumber(phoneNumber) }),
  access: (row) => [onAnything(row, 'OptInPhoneNumber')],
  handle: () => {},
});

export const listOriginationNumbers = snsOperation({
  name: 'ListOriginationNumbers',
  limits: { MaxResults: { min: 1, max: 30 } },
  access: (row) => [onAnything(row, 'ListOriginationNumbers')],
  handle: () => ({ PhoneNumbers: [] }),
});

/** A message to any number is recorded, which is what an account may do that has left the sandbox. */
export const getSmsSandboxAccountStatus = snsOperation({
  name: 'GetSMSSandboxAccountStatus',
  access: (row) => [onAnything(row, 'GetSMSSandboxAccountStatus')],
  handle: () => ({ IsInSandbox: false }),
});

export const createSmsSandboxPhoneNumber = snsOperation({
  name: 'CreateSMSSandboxPhoneNumber',
  parse: ({ PhoneNumber }) => readNumber(PhoneNumber),
  access: (row) => [onAnything(row, 'CreateSMSSandboxPhoneNumber')],
  handle: async (number, call, { phones }) => {
    await phones.verify(call, number);
  },
});

export const verifySmsSandboxPhoneNumber = snsOperation({
  name: 'VerifySMSSandboxPhoneNumber',
  parse: ({ PhoneNumber, OneTimePassword }) => ({ number: readNumber(PhoneNumber), code: OneTimePassword }),
  access: (row) => [onAnything(row, 'VerifySMSSandboxPhoneNumber')],
  handle: async ({ number, code }, call, { phones }) => {
    const record = phones.sandboxNumber(call, number);
    if (record.code !== code) throw new AwsError('VerificationException', 'Invalid verification code');
    await phones.sandbox.put({ ...record, verified: true });
  },
});

export const deleteSmsSandboxPhoneNumber = snsOperation({
  name: 'DeleteSMSSandboxPhoneNumber',
  parse: ({ PhoneNumber }) => readNumber(PhoneNumber),
  access: (row) => [onAnything(row, 'DeleteSMSSandboxPhoneNumber')],
  handle: async (number, call, { phones }) => {
    const { account, region } = phones.sandboxNumber(call, number);
    await phones.sandbox.delete(`${account}/${region}/${number}`);
  },
});

export const listSmsSandboxPhoneNumbers = snsOperation({
  name: 'ListSMSSandboxPhoneNumbers',
  limits: { MaxResults: { min: 1, max: 100 } },
  access: (row) => [onAnything(row, 'ListSMSSandboxPhoneNumbers')],
  handle: ({ NextToken: token, MaxResults: limit = 100 }, call, { phones }) => {
    const keyOf = ({ number }: SandboxNumber) => number;
    const { items, next } = pageOf(phones.sandbox.list(call, keyOf), {
      keyOf,
      limit,
      token,
      of: ['ListSMSSandboxPhoneNumbers'],
      refuse: () => invalidParameter('NextToken'),
    });
    const PhoneNumbers = items.map(({ number: PhoneNumber, verified }) => ({
      PhoneNumber,
      Status: verified ? ('Verified' as const) : ('Pending' as const),
    }));
    return { PhoneNumbers, NextToken: next };
  },
});
