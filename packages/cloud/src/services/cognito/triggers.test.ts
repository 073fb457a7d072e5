import {
  AdminConfirmSignUpCommand,
  AdminUpdateUserAttributesCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { functionArn, PASSWORD, type TriggerEvent, userPoolCloud } from './fixtures/user-pool-cloud.js';

/** A function that sets the response and keeps what it got. */
function recording(response: Record<string, unknown> = {}) {
  const events: TriggerEvent[] = [];
  const run = (event: TriggerEvent) => {
    events.push(structuredClone(event));
    return { ...event, response: { ...event.response, ...response } };
  };
  return { events, run };
}

test('a function before the sign-up confirms the user, and one behind it hears of that', async () => {
  const before = recording({ autoConfirmUser: true, autoVerifyEmail: true });
  const after = recording();
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreSignUp: functionArn('before'), PostConfirmation: functionArn('after') } },
    functions: { before: before.run, after: after.run },
  });
  const ValidationData = [{ Name: 'captcha', Value: 'ok' }];
  const ClientMetadata = { from: 'web' };
  expect(await cloud.signUp('ann', { ValidationData, ClientMetadata })).toMatchObject({ UserConfirmed: true });
  expect(before.events).toEqual([
    {
      version: '1',
      region: 'eu-west-1',
      userPoolId: cloud.UserPoolId,
      userName: 'ann',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: cloud.ClientId },
      triggerSource: 'PreSignUp_SignUp',
      request: {
        userAttributes: { email: 'ann@example.com' },
        validationData: { captcha: 'ok' },
        clientMetadata: ClientMetadata,
      },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    },
  ]);
  expect(after.events).toMatchObject([
    {
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      request: {
        userAttributes: {
          sub: expect.any(String),
          'cognito:user_status': 'CONFIRMED',
          email: 'ann@example.com',
          email_verified: 'true',
        },
      },
    },
  ]);
  await cloud.signIn('ann');
});

test('what a function throws is told to who signs up', async () => {
  const refuse = () => {
    throw new Error('No robots');
  };
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreSignUp: functionArn('refuse') } },
    functions: { refuse },
  });
  await expect(cloud.signUp('ann')).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: 'PreSignUp failed with error No robots.',
  });
});

test('a function that does not let user pools invoke it is named', async () => {
  await using cloud = await userPoolCloud({ pool: { LambdaConfig: { PreSignUp: functionArn('closed') } } });
  await expect(cloud.signUp('ann')).rejects.toMatchObject({
    name: 'UnexpectedLambdaException',
    message: 'PreSignUp invocation failed due to error AccessDeniedException.',
  });
});

test('an answer that is no event is refused', async () => {
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreSignUp: functionArn('odd') } },
    functions: { odd: () => 'yes' },
  });
  await expect(cloud.signUp('ann')).rejects.toMatchObject({
    name: 'InvalidLambdaResponseException',
    message: 'Unrecognizable lambda output',
  });
});

test('functions hear of a sign-in before and after it', async () => {
  const before = recording();
  const after = recording();
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreAuthentication: functionArn('before'), PostAuthentication: functionArn('after') } },
    functions: { before: before.run, after: after.run },
  });
  await cloud.user('ann');
  await expect(cloud.signIn('ann', 'wrong')).rejects.toThrow('Incorrect username or password.');
  await cloud.signIn('ann');
  expect(before.events.map(({ triggerSource }) => triggerSource)).toEqual([
    'PreAuthentication_Authentication',
    'PreAuthentication_Authentication',
  ]);
  expect(after.events).toMatchObject([
    {
      triggerSource: 'PostAuthentication_Authentication',
      userName: 'ann',
      request: { newDeviceUsed: false, userAttributes: { email: 'ann@example.com' } },
    },
  ]);
});

test('a function of the first version changes the ID token alone, and the groups of both', async () => {
  const { events, run } = recording({
    claimsOverrideDetails: {
      claimsToAddOrOverride: { tenant: 'shop', sub: 'nobody' },
      claimsToSuppress: ['email'],
      groupOverrideDetails: { groupsToOverride: ['guests'] },
    },
  });
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreTokenGeneration: functionArn('claims') } },
    functions: { claims: run },
  });
  await cloud.user('ann');
  const { id, access } = await cloud.signIn('ann');
  expect(decodeJwt(id)).toMatchObject({ tenant: 'shop', 'cognito:groups': ['guests'], sub: decodeJwt(access).sub });
  expect(decodeJwt(id).email).toBeUndefined();
  expect(decodeJwt(access)).toMatchObject({ 'cognito:groups': ['guests'] });
  expect(decodeJwt(access).tenant).toBeUndefined();
  expect(events).toMatchObject([
    {
      version: '1',
      triggerSource: 'TokenGeneration_Authentication',
      request: { groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null } },
      response: { claimsOverrideDetails: null },
    },
  ]);
});

test('a function of the second version changes both tokens and their scopes', async () => {
  const { events, run } = recording({
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: { plan: { seats: 5 } } },
      accessTokenGeneration: {
        claimsToAddOrOverride: { tenant: 'shop' },
        scopesToAdd: ['orders/read'],
        scopesToSuppress: ['aws.cognito.signin.user.admin'],
      },
    },
  });
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: functionArn('claims'), LambdaVersion: 'V2_0' } } },
    functions: { claims: run },
  });
  await cloud.user('ann');
  const { id, access } = await cloud.signIn('ann');
  expect(decodeJwt(id)).toMatchObject({ plan: { seats: 5 } });
  expect(decodeJwt(access)).toMatchObject({ tenant: 'shop', scope: 'orders/read' });
  expect(events[0]).toMatchObject({ version: '2', request: { scopes: ['aws.cognito.signin.user.admin'] } });
});

test('a function writes the messages', async () => {
  const { events, run } = recording({ emailSubject: 'Welcome', emailMessage: 'Your code: {####}' });
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { CustomMessage: functionArn('message') } },
    functions: { message: run },
  });
  await cloud.signUp('ann');
  const { code, subject, body } = cloud.lastMessage();
  expect([subject, body]).toEqual(['Welcome', `Your code: ${code}`]);
  expect(events).toMatchObject([
    {
      triggerSource: 'CustomMessage_SignUp',
      request: { codeParameter: '{####}', usernameParameter: null, userAttributes: { email: 'ann@example.com' } },
    },
  ]);
});

test('a user who is not there yet comes from another place', async () => {
  const { events, run } = recording({
    userAttributes: { email: 'ann@example.com', email_verified: 'true' },
    finalUserStatus: 'CONFIRMED',
    messageAction: 'SUPPRESS',
  });
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { UserMigration: functionArn('migrate') } },
    functions: { migrate: run },
  });
  await cloud.signIn('ann');
  await cloud.signIn('ann');
  expect(events).toMatchObject([
    { triggerSource: 'UserMigration_Authentication', userName: 'ann', request: { password: PASSWORD } },
  ]);
});

test('functions define, create and verify the challenges of a sign-in', async () => {
  const define = (event: TriggerEvent) => {
    const session = event.request.session as readonly { challengeResult: boolean }[];
    const passed = session.at(-1)?.challengeResult === true;
    const failed = session.length >= 2 && !passed;
    const response = { challengeName: 'CUSTOM_CHALLENGE', issueTokens: passed, failAuthentication: failed };
    return { ...event, response };
  };
  const create = (event: TriggerEvent) => ({
    ...event,
    response: {
      publicChallengeParameters: { question: '6 * 7' },
      privateChallengeParameters: { answer: '42' },
      challengeMetadata: 'ARITHMETIC',
    },
  });
  const verify = (event: TriggerEvent) => {
    const { privateChallengeParameters, challengeAnswer } = event.request as {
      privateChallengeParameters: { answer: string };
      challengeAnswer: string;
    };
    return { ...event, response: { answerCorrect: challengeAnswer === privateChallengeParameters.answer } };
  };
  await using cloud = await userPoolCloud({
    pool: {
      LambdaConfig: {
        DefineAuthChallenge: functionArn('define'),
        CreateAuthChallenge: functionArn('create'),
        VerifyAuthChallengeResponse: functionArn('verify'),
      },
    },
    functions: { define, create, verify },
  });
  const { cognito, ClientId } = cloud;
  await cloud.user('ann');
  const signIn = async (...answers: readonly string[]) => {
    const AuthParameters = { USERNAME: 'ann' };
    let step = await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters }));
    for (const ANSWER of answers) {
      expect(step.ChallengeParameters).toEqual({ USERNAME: 'ann', question: '6 * 7' });
      const { ChallengeName, Session } = step;
      const ChallengeResponses = { USERNAME: 'ann', ANSWER };
      step = await cognito.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
      );
    }
    return step.AuthenticationResult;
  };
  expect((await signIn('41', '42'))?.AccessToken).toBeDefined();
  await expect(signIn('40', '41')).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test('an administrator confirms a user, whose function may call back', async () => {
  const after = recording();
  await using cloud = await userPoolCloud({
    pool: { LambdaConfig: { PostConfirmation: functionArn('after') } },
    functions: {
      after: async (event) => {
        const { cognito, UserPoolId } = cloud;
        const UserAttributes = [{ Name: 'nickname', Value: 'Annie' }];
        await cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: 'ann', UserAttributes }));
        return after.run(event);
      },
    },
  });
  await cloud.signUp('ann');
  const { UserPoolId, cognito } = cloud;
  await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: 'ann' }));
  expect(decodeJwt((await cloud.signIn('ann')).id)).toMatchObject({ nickname: 'Annie' });
});

test('a function that would send messages is named, and the messages are kept as others are', async () => {
  const sender = { LambdaArn: functionArn('sender'), LambdaVersion: 'V1_0' as const };
  const KMSKeyID = 'arn:aws:kms:eu-west-1:000000000000:key/11111111-1111-1111-1111-111111111111';
  await using cloud = await userPoolCloud({ pool: { LambdaConfig: { CustomEmailSender: sender, KMSKeyID } } });
  await cloud.signUp('ann');
  expect(cloud.lastMessage().code).toMatch(/^\d{6}$/);
  expect(cloud.events).toContainEqual({
    kind: 'warning',
    time: expect.any(Number),
    message: `the local cloud does not call CustomEmailSender of the user pool ${cloud.UserPoolId}; its messages are in its log group`,
  });
});
