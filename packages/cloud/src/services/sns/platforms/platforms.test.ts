import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateTopicCommand,
  DeleteEndpointCommand,
  DeletePlatformApplicationCommand,
  GetEndpointAttributesCommand,
  GetPlatformApplicationAttributesCommand,
  ListEndpointsByPlatformApplicationCommand,
  ListPlatformApplicationsCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SetPlatformApplicationAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

const ARN = 'arn:aws:sns:eu-west-1:000000000000:app/ADM/shop';
const CREDENTIALS = { PlatformPrincipal: 'id', PlatformCredential: 'secret' };

async function platformCloud() {
  const cloud = await testCloud();
  const sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const create = (input: object) =>
    sns.send(
      new CreatePlatformApplicationCommand({ Name: 'shop', Platform: 'ADM', Attributes: CREDENTIALS, ...input }),
    );
  await create({});
  return {
    ...cloud,
    sns,
    create,
    endpoint: async (Token: string, more: object = {}) =>
      (await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn: ARN, Token, ...more })))
        .EndpointArn ?? '',
  };
}

test('an application is made, described without its credentials, changed, listed and deleted', async () => {
  await using cloud = await platformCloud();
  const { sns } = cloud;
  const at = { PlatformApplicationArn: ARN };
  const described = async () => (await sns.send(new GetPlatformApplicationAttributesCommand(at))).Attributes;
  expect(await described()).toEqual({ Enabled: 'true' });
  await sns.send(
    new SetPlatformApplicationAttributesCommand({ ...at, Attributes: { SuccessFeedbackSampleRate: '50' } }),
  );
  expect(await described()).toEqual({ Enabled: 'true', SuccessFeedbackSampleRate: '50' });
  const listed = await sns.send(new ListPlatformApplicationsCommand());
  expect(listed.PlatformApplications?.map(({ PlatformApplicationArn }) => PlatformApplicationArn)).toEqual([ARN]);
  await sns.send(new DeletePlatformApplicationCommand(at));
  await expect(described()).rejects.toMatchObject({ message: 'PlatformApplication does not exist' });
});

test.each([
  [
    { Attributes: { PlatformPrincipal: 'id' } },
    'Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential',
  ],
  [
    { Attributes: { PlatformCredential: 'a' } },
    'Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal',
  ],
  [{ Name: '' }, ' Reason: cannot be empty'],
  [{ Name: 'a'.repeat(257) }, `${'a'.repeat(257)} Reason: must be at most 256 characters long`],
  [{ Name: '@name' }, "@name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'"],
  [{ Platform: 'AAA' }, 'Platform Reason: AAA is not supported'],
])('an application of %j is refused as by AWS', async (input, reason) => {
  await using cloud = await platformCloud();
  await expect(cloud.create(input)).rejects.toMatchObject({ message: `Invalid parameter: ${reason}` });
});

test('the device of a token is made once', async () => {
  await using cloud = await platformCloud();
  const arn = await cloud.endpoint('token_1', { CustomUserData: 'bar' });
  expect(arn).toMatch(/^arn:aws:sns:eu-west-1:000000000000:endpoint\/ADM\/shop\/[0-9a-f-]{36}$/);
  expect(await cloud.endpoint('token_1', { CustomUserData: 'bar' })).toBe(arn);
  await expect(cloud.endpoint('token_1', { Attributes: { Enabled: 'false' } })).rejects.toMatchObject({
    message: `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`,
  });
  const { sns } = cloud;
  expect((await sns.send(new GetEndpointAttributesCommand({ EndpointArn: arn }))).Attributes).toEqual({
    CustomUserData: 'bar',
    Enabled: 'true',
    Token: 'token_1',
  });
  const list = new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn: ARN });
  expect((await sns.send(list)).Endpoints?.map(({ EndpointArn }) => EndpointArn)).toEqual([arn]);
  await sns.send(new DeleteEndpointCommand({ EndpointArn: arn }));
  expect((await sns.send(list)).Endpoints ?? []).toEqual([]);
});

test.each([
  [{ PlatformPrincipal: 'a' }, 'Attributes Reason: Invalid attribute name: PlatformPrincipal'],
  [
    { CustomUserData: 'a'.repeat(2050) },
    'Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding',
  ],
])('a device does not take every attribute', async (Attributes: Record<string, string>, reason) => {
  await using cloud = await platformCloud();
  await expect(cloud.endpoint('token_1', { Attributes })).rejects.toMatchObject({
    message: `Invalid parameter: ${reason}`,
  });
  const EndpointArn = await cloud.endpoint('token_2');
  await expect(cloud.sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes }))).rejects.toMatchObject({
    message: `Invalid parameter: ${reason}`,
  });
});

test('ARNs that mean no application or device are told apart', async () => {
  await using cloud = await platformCloud();
  const application = (PlatformApplicationArn: string) =>
    cloud.sns.send(new GetPlatformApplicationAttributesCommand({ PlatformApplicationArn }));
  await expect(application('invalid-arn')).rejects.toMatchObject({
    message: 'Invalid parameter: PlatformApplicationArn Reason: An ARN must have at least 6 elements, not 1',
  });
  const endpoint = (EndpointArn: string) => cloud.sns.send(new GetEndpointAttributesCommand({ EndpointArn }));
  await expect(endpoint(ARN)).rejects.toMatchObject({
    message: 'Invalid parameter: EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.',
  });
  await expect(endpoint(`${ARN.replace(':app/', ':endpoint/')}/none`)).rejects.toMatchObject({
    message: 'Endpoint does not exist',
  });
});

test('a message to a device is recorded, directly and by a topic, unless the device is disabled', async () => {
  await using cloud = await platformCloud();
  const { sns } = cloud;
  const EndpointArn = await cloud.endpoint('token_1');
  const publish = new PublishCommand({ TargetArn: EndpointArn, Message: 'hello' });
  expect((await sns.send(publish)).MessageId).toBeDefined();
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'application', Endpoint: EndpointArn }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'news' }));
  const said = cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
  expect(said).toContainEqual(expect.stringMatching(/^a message for \S+ is recorded here .*: hello$/));
  expect(said).toContainEqual(expect.stringMatching(/^a message for \S+ is recorded here .*: news$/));
  await sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: 'false' } }));
  await expect(sns.send(publish)).rejects.toMatchObject({ name: 'EndpointDisabledException' });
});
