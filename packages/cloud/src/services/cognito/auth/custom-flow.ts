import { defined } from '../../../core/defined.js';
import { isObject } from '../../../core/json.js';
import { invalidParameter, unsupported, wrongPassword } from '../cognito-error.js';
import type { CognitoState } from '../service-state.js';
import { triggerAttributes } from '../triggers/user-attributes.js';
import { findUser } from '../users/find-user.js';
import type { UserRecord } from '../users/user-record.js';
import { checkSecretHash } from './secret-hash.js';
import {
  type Attempt,
  afterPassword,
  beforeSignIn,
  checkState,
  finish,
  required,
  type SignInAnswer,
  unknownUser,
} from './sign-in.js';
import { srpChallenge, verifiedUser } from './srp-flow.js';

/** A challenge that was answered, as the functions see it. */
interface Answered {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string | undefined;
}

/** The state of a custom sign-in between two challenges. */
interface CustomState {
  readonly sub: string;
  readonly answered: readonly Answered[];
  readonly expected: Readonly<Record<string, unknown>>;
  readonly metadata?: string | undefined;
}

/** CUSTOM_AUTH: functions say which challenges there are, and when they are enough. */
export async function customFlow(
  state: CognitoState,
  attempt: Attempt,
  parameters: Readonly<Record<string, string>>,
): Promise<SignInAnswer> {
  const { pool, client } = attempt;
  const username = required(parameters, 'USERNAME');
  checkSecretHash(client, [username], parameters.SECRET_HASH);
  const { DefineAuthChallenge } = pool.record.settings.LambdaConfig ?? {};
  if (DefineAuthChallenge === undefined) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  }
  const user = findUser(pool, username);
  await beforeSignIn(state, attempt, user, username);
  if (!user) throw unknownUser(client);
  checkState(user);
  const { SRP_A } = parameters;
  const answered = SRP_A === undefined ? [] : [{ challengeName: 'SRP_A', challengeResult: true }];
  return next(state, attempt, user, answered, SRP_A);
}

/** Asks what comes next. */
async function next(
  state: CognitoState,
  attempt: Attempt,
  user: UserRecord,
  answered: readonly Answered[],
  clientShared?: string,
): Promise<SignInAnswer> {
  const { pool, client, clientMetadata } = attempt;
  const shared = { userAttributes: triggerAttributes(user), session: answered };
  const event = { userName: user.username, clientId: client.id };
  const defined = await state.triggers.run(pool.record, 'DefineAuthChallenge', {
    ...event,
    source: 'DefineAuthChallenge_Authentication',
    request: { ...shared, ...(clientMetadata && { clientMetadata }) },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  if (defined?.failAuthentication === true) throw wrongPassword();
  if (defined?.issueTokens === true) {
    // A user whose password is temporary is asked for one that is not, whatever the functions say.
    return user.status === 'FORCE_CHANGE_PASSWORD'
      ? afterPassword(state, attempt, user)
      : finish(state, attempt, user, 'Authentication');
  }
  const challengeName = defined?.challengeName;
  if (challengeName === 'PASSWORD_VERIFIER') {
    if (clientShared === undefined) throw invalidParameter('Missing required parameter SRP_A');
    const held: CustomState = { sub: user.sub, answered, expected: {} };
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: await state.sessions.begin(pool, client, 'PASSWORD_VERIFIER', held),
      ChallengeParameters: await srpChallenge(state, pool, user, user.username, clientShared),
    };
  }
  if (challengeName !== 'CUSTOM_CHALLENGE') throw unsupported(`the challenge ${String(challengeName)}`);
  const created = await state.triggers.run(pool.record, 'CreateAuthChallenge', {
    ...event,
    source: 'CreateAuthChallenge_Authentication',
    request: { ...shared, challengeName, ...(clientMetadata && { clientMetadata }) },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  });
  const held: CustomState = {
    sub: user.sub,
    answered,
    expected: isObject(created?.privateChallengeParameters) ? created.privateChallengeParameters : {},
    metadata: typeof created?.challengeMetadata === 'string' ? created.challengeMetadata : undefined,
  };
  const shown = isObject(created?.publicChallengeParameters) ? created.publicChallengeParameters : {};
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: await state.sessions.begin(pool, client, 'CUSTOM_CHALLENGE', held),
    ChallengeParameters: {
      USERNAME: user.username,
      ...Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, String(value)])),
    },
  };
}

/** @throws AwsError NotAuthorizedException where the user has gone since the session began */
function userOf({ pool }: Attempt, { sub }: CustomState): UserRecord {
  const user = pool.users.bySub(sub);
  if (!user) throw wrongPassword();
  return user;
}

/** The answer to CUSTOM_CHALLENGE. */
export async function answerCustom(
  state: CognitoState,
  attempt: Attempt,
  responses: Readonly<Record<string, string>>,
  session: string,
): Promise<SignInAnswer> {
  const { pool, client, clientMetadata } = attempt;
  const username = required(responses, 'USERNAME');
  const challengeAnswer = required(responses, 'ANSWER');
  checkSecretHash(client, [username], responses.SECRET_HASH);
  const held = await state.sessions.take<CustomState>(pool, client, 'CUSTOM_CHALLENGE', session);
  const user = userOf(attempt, held);
  const verified = await state.triggers.run(pool.record, 'VerifyAuthChallengeResponse', {
    source: 'VerifyAuthChallengeResponse_Authentication',
    userName: user.username,
    clientId: client.id,
    request: {
      userAttributes: triggerAttributes(user),
      privateChallengeParameters: held.expected,
      challengeAnswer,
      ...(clientMetadata && { clientMetadata }),
    },
    response: { answerCorrect: null },
  });
  const answer: Answered = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult: verified?.answerCorrect === true,
    ...defined({ challengeMetadata: held.metadata }),
  };
  return next(state, attempt, user, [...held.answered, answer]);
}

/** The answer to PASSWORD_VERIFIER as one of the challenges of a custom sign-in. */
export async function answerCustomVerifier(
  state: CognitoState,
  attempt: Attempt,
  responses: Readonly<Record<string, string>>,
  session: string,
): Promise<SignInAnswer> {
  const held = await state.sessions.take<CustomState>(attempt.pool, attempt.client, 'PASSWORD_VERIFIER', session);
  const user = await verifiedUser(state, attempt, responses);
  if (user.sub !== held.sub) throw wrongPassword();
  return next(state, attempt, user, [...held.answered, { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }]);
}
