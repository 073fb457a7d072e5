import {
  CheckIfPhoneNumberIsOptedOutCommand,
  CreateSMSSandboxPhoneNumberCommand,
  GetSMSAttributesCommand,
  ListSMSSandboxPhoneNumbersCommand,
  OptInPhoneNumberCommand,
  PublishCommand,
  SetSMSAttributesCommand,
  SNSClient,
  VerifySMSSandboxPhoneNumberCommand,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

async function phoneCloud() {
  const cloud = await testCloud();
  return {
    ...cloud,
    sns: new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 }),
    said: () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : [])),
  };
}

test('a message to a number is recorded and read in the terminal', async () => {
  await using cloud = await phoneCloud();
  const { MessageId } = await cloud.sns.send(new PublishCommand({ PhoneNumber: '+15551234567', Message: 'hello' }));
  expect(MessageId).toBeDefined();
  expect(cloud.said()).toEqual([
    'a message for +15551234567 is recorded here and not sent, as the local cloud reaches no phones: hello',
  ]);
});

test.each(['+1a234', 'NAA+15551234567'])('%s is no number to publish to', async (PhoneNumber) => {
  await using cloud = await phoneCloud();
  await expect(cloud.sns.send(new PublishCommand({ PhoneNumber, Message: 'a' }))).rejects.toMatchObject({
    message: `Invalid parameter: PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`,
  });
});

test('the settings of an account and region are kept, and begin with a limit of one dollar', async () => {
  await using cloud = await phoneCloud();
  const { sns } = cloud;
  expect((await sns.send(new GetSMSAttributesCommand())).attributes).toEqual({ MonthlySpendLimit: '1' });
  const attributes = { DefaultSenderID: 'Shop', DefaultSMSType: 'Promotional' };
  await sns.send(new SetSMSAttributesCommand({ attributes }));
  expect((await sns.send(new GetSMSAttributesCommand())).attributes).toEqual({ ...attributes, MonthlySpendLimit: '1' });
  const asked = new GetSMSAttributesCommand({ attributes: ['DefaultSenderID'] });
  expect((await sns.send(asked)).attributes).toEqual({ DefaultSenderID: 'Shop' });
});

test.each([
  ['InvalidAttribute', 'invalid', 'InvalidAttribute is not a valid attribute'],
  ['DefaultSendID', 'a'.repeat(12), 'DefaultSendID is not a valid attribute'],
  ['DefaultSMSType', 'invalid', 'DefaultSMSType is invalid'],
])('the setting %s of %s is refused as by AWS', async (name, value, message) => {
  await using cloud = await phoneCloud();
  const set = new SetSMSAttributesCommand({ attributes: { [name]: value } });
  await expect(cloud.sns.send(set)).rejects.toMatchObject({ message });
});

test('nobody is opted out, and what is no number is told apart', async () => {
  await using cloud = await phoneCloud();
  const { sns } = cloud;
  const asked = new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: '+4411111111' });
  expect((await sns.send(asked)).isOptedOut).toBe(false);
  await sns.send(new OptInPhoneNumberCommand({ phoneNumber: '+4411111111' }));
  await expect(sns.send(new OptInPhoneNumberCommand({ phoneNumber: 'invalid' }))).rejects.toMatchObject({
    message: 'Invalid parameter: PhoneNumber Reason: input incorrectly formatted',
  });
});

test('a number of the sandbox is verified by the code that the terminal shows', async () => {
  await using cloud = await phoneCloud();
  const { sns } = cloud;
  const PhoneNumber = '+15551234567';
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber }));
  const OneTimePassword = /is (\d{6})$/.exec(cloud.said()[0] ?? '')?.[1] ?? '';
  const wrong = new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword: '00000' });
  await expect(sns.send(wrong)).rejects.toMatchObject({ name: 'VerificationException' });
  await sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword }));
  const { PhoneNumbers } = await sns.send(new ListSMSSandboxPhoneNumbersCommand());
  expect(PhoneNumbers).toEqual([{ PhoneNumber, Status: 'Verified' }]);
});
