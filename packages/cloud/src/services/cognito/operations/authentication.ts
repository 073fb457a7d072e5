import { answerCustom, answerCustomVerifier, customFlow } from '../auth/custom-flow.js';
import { answerNewPassword } from '../auth/new-password.js';
import { passwordFlow } from '../auth/password-flow.js';
import { refreshFlow } from '../auth/refresh-flow.js';
import { type Attempt, checkState, finish, required, type SignInAnswer } from '../auth/sign-in.js';
import { answerVerifier, srpFlow } from '../auth/srp-flow.js';
import { flowsOf } from '../clients/client-settings.js';
import { invalidParameter, noClient, unsupported } from '../cognito-error.js';
import { CLIENT_ID, POOL_ID, SESSION } from '../limits.js';
import type { CognitoState } from '../service-state.js';
import { cognitoOperation, onPool } from '../service-state.js';
import { userNamed } from '../users/find-user.js';

type Texts = Readonly<Record<string, string>>;

const FLOWS = [
  'ADMIN_NO_SRP_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN',
  'REFRESH_TOKEN_AUTH',
  'USER_AUTH',
  'USER_PASSWORD_AUTH',
  'USER_SRP_AUTH',
];

/** AWS has no such flow: `goblet token` asks for the tokens of a user whose password it does not know. */
const TOKEN_FLOW = 'GOBLET_TOKEN';

/** The flows by which clients sign in, the setting that allows each, and AWS's words where it does not. */
const SIGN_IN = {
  USER_PASSWORD_AUTH: {
    setting: 'ALLOW_USER_PASSWORD_AUTH',
    run: passwordFlow,
    refused: 'USER_PASSWORD_AUTH flow not enabled for this client',
  },
  ADMIN_USER_PASSWORD_AUTH: {
    setting: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    run: passwordFlow,
    refused: 'Auth flow not enabled for this client',
  },
  USER_SRP_AUTH: {
    setting: 'ALLOW_USER_SRP_AUTH',
    run: srpFlow,
    refused: 'USER_SRP_AUTH is not enabled for the client.',
  },
  CUSTOM_AUTH: { setting: 'ALLOW_CUSTOM_AUTH', run: customFlow, refused: 'CUSTOM_AUTH is not enabled for the client.' },
  REFRESH_TOKEN_AUTH: {
    setting: 'ALLOW_REFRESH_TOKEN_AUTH',
    run: refreshFlow,
    refused: 'Auth flow not enabled for this client',
  },
} as const;

const NAMED: Readonly<Record<string, keyof typeof SIGN_IN>> = {
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  ADMIN_USER_PASSWORD_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
  ADMIN_NO_SRP_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
  USER_SRP_AUTH: 'USER_SRP_AUTH',
  CUSTOM_AUTH: 'CUSTOM_AUTH',
  REFRESH_TOKEN: 'REFRESH_TOKEN_AUTH',
  REFRESH_TOKEN_AUTH: 'REFRESH_TOKEN_AUTH',
};

function signIn(
  state: CognitoState,
  attempt: Attempt,
  name: string,
  parameters: Texts,
  isAdmin: boolean,
): Promise<SignInAnswer> {
  const flow = NAMED[name];
  if (flow === undefined) throw unsupported(`the flow ${name}`);
  // Only who signs its calls may use an administrator's flow, and only it may not use a user's.
  if (isAdmin ? flow === 'USER_PASSWORD_AUTH' : flow === 'ADMIN_USER_PASSWORD_AUTH') {
    throw invalidParameter('Initiate Auth method not supported.');
  }
  const { setting, run, refused } = SIGN_IN[flow];
  if (!flowsOf(attempt.client.settings).includes(setting)) throw invalidParameter(refused);
  return run(state, attempt, parameters);
}

/** The tokens of a user, without any proof but the caller's own permission. */
async function tokenFlow(state: CognitoState, attempt: Attempt, parameters: Texts): Promise<SignInAnswer> {
  const user = userNamed(attempt.pool, required(parameters, 'USERNAME'));
  checkState(user);
  return finish(state, attempt, user, 'Authentication');
}

function answer(
  state: CognitoState,
  attempt: Attempt,
  challenge: string,
  responses: Texts,
  session: string | undefined,
): Promise<SignInAnswer> {
  if (challenge === 'PASSWORD_VERIFIER') {
    return session === undefined
      ? answerVerifier(state, attempt, responses)
      : answerCustomVerifier(state, attempt, responses, session);
  }
  const given = required({ Session: session ?? '' }, 'Session');
  if (challenge === 'NEW_PASSWORD_REQUIRED') return answerNewPassword(state, attempt, responses, given);
  if (challenge === 'CUSTOM_CHALLENGE') return answerCustom(state, attempt, responses, given);
  throw unsupported(`the challenge ${challenge}`);
}

export const initiateAuth = cognitoOperation({
  name: 'InitiateAuth',
  limits: { ClientId: CLIENT_ID, AuthFlow: { values: FLOWS } },
  access: () => [],
  handle: ({ ClientId, AuthFlow, AuthParameters = {}, ClientMetadata }, call, state) => {
    const attempt = { ...state.store.client(call, ClientId), clientMetadata: ClientMetadata };
    return signIn(state, attempt, AuthFlow, AuthParameters, false);
  },
});

export const respondToAuthChallenge = cognitoOperation({
  name: 'RespondToAuthChallenge',
  limits: { ClientId: CLIENT_ID, Session: SESSION },
  access: () => [],
  handle: ({ ClientId, ChallengeName, ChallengeResponses = {}, Session, ClientMetadata }, call, state) => {
    const attempt = { ...state.store.client(call, ClientId), clientMetadata: ClientMetadata };
    return answer(state, attempt, ChallengeName, ChallengeResponses, Session);
  },
});

/** @throws AwsError ResourceNotFoundException where the client is not the pool's */
function adminAttempt(
  { store }: CognitoState,
  call: Parameters<CognitoState['store']['client']>[0],
  {
    UserPoolId,
    ClientId,
    ClientMetadata,
  }: { UserPoolId: string; ClientId: string; ClientMetadata?: Texts | undefined },
): Attempt {
  const pool = store.get(call, UserPoolId);
  const client = pool.clients.get(ClientId);
  if (!client) throw noClient(ClientId);
  return { pool, client, clientMetadata: ClientMetadata };
}

export const adminInitiateAuth = cognitoOperation({
  name: 'AdminInitiateAuth',
  limits: { UserPoolId: POOL_ID, ClientId: CLIENT_ID, AuthFlow: { values: FLOWS, unlisted: [TOKEN_FLOW] } },
  access: (row) => [onPool(row, 'AdminInitiateAuth')],
  handle: (input, call, state) => {
    const attempt = adminAttempt(state, call, input);
    const { AuthFlow, AuthParameters = {} } = input;
    return String(AuthFlow) === TOKEN_FLOW
      ? tokenFlow(state, attempt, AuthParameters)
      : signIn(state, attempt, AuthFlow, AuthParameters, true);
  },
});

export const adminRespondToAuthChallenge = cognitoOperation({
  name: 'AdminRespondToAuthChallenge',
  limits: { UserPoolId: POOL_ID, ClientId: CLIENT_ID, Session: SESSION },
  access: (row) => [onPool(row, 'AdminRespondToAuthChallenge')],
  handle: (input, call, state) =>
    answer(state, adminAttempt(state, call, input), input.ChallengeName, input.ChallengeResponses ?? {}, input.Session),
});
