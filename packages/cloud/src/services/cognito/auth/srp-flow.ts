import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidParameter, wrongPassword } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { CognitoState } from '../service-state.js';
import { findUser } from '../users/find-user.js';
import type { UserRecord } from '../users/user-record.js';
import { checkSecretHash } from './secret-hash.js';
import {
  type Attempt,
  afterPassword,
  beforeSignIn,
  isSilent,
  required,
  type SignInAnswer,
  unknownUser,
} from './sign-in.js';
import { expectedSignature, isUsable, type ServerEphemeral, serverEphemeral, verifierOf } from './srp.js';

/** The sealed content of PASSWORD_CLAIM_SECRET_BLOCK. */
interface SrpState {
  /** Undefined for a user who is not there, which the client is not told. */
  readonly sub?: string | undefined;
  readonly clientShared: string;
  readonly server: ServerEphemeral;
}

/** Seconds for which a client may compute. */
const VALID = 180;

/** USER_SRP_AUTH: nobody sends the password; both sides prove that they know it. */
export async function srpFlow(
  state: CognitoState,
  attempt: Attempt,
  parameters: Readonly<Record<string, string>>,
): Promise<SignInAnswer> {
  const { pool, client } = attempt;
  const username = required(parameters, 'USERNAME');
  const clientShared = required(parameters, 'SRP_A');
  checkSecretHash(client, [username], parameters.SECRET_HASH);
  const user = findUser(pool, username);
  await beforeSignIn(state, attempt, user, username);
  if (!user && !isSilent(client)) throw unknownUser(client);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: await srpChallenge(state, pool, user, username, clientShared),
  };
}

/** The parameters of a PASSWORD_VERIFIER challenge. */
export async function srpChallenge(
  { tokens }: CognitoState,
  pool: Pool,
  user: UserRecord | undefined,
  username: string,
  clientShared: string,
): Promise<Readonly<Record<string, string>>> {
  if (!isUsable(clientShared)) throw invalidParameter('Invalid SRP_A');
  const { salt, verifier } = user?.password ?? (await pretended(tokens.keysOf(pool), pool, username));
  const server = serverEphemeral(verifier);
  const srp: SrpState = { sub: user?.sub, clientShared, server };
  const block = await tokens.seal(pool, 'srp', srp, VALID);
  const id = user?.username ?? username;
  return {
    SALT: salt,
    SECRET_BLOCK: Buffer.from(block).toString('base64'),
    SRP_B: server.shared,
    USERNAME: id,
    USER_ID_FOR_SRP: id,
  };
}

/** The same salt for the same name, as for a user who is there ("Managing error responses", developer guide). */
async function pretended(keys: Promise<{ readonly sealing: string }>, { record }: Pool, username: string) {
  const { sealing } = await keys;
  const salt = createHmac('sha256', sealing).update(username).digest('hex').slice(0, 32);
  return { salt, verifier: verifierOf(record.id, username, sealing, salt) };
}

/** The answer to PASSWORD_VERIFIER. */
export async function answerVerifier(
  state: CognitoState,
  attempt: Attempt,
  responses: Readonly<Record<string, string>>,
): Promise<SignInAnswer> {
  return afterPassword(state, attempt, await verifiedUser(state, attempt, responses));
}

/** @throws AwsError NotAuthorizedException where the client does not know the password */
export async function verifiedUser(
  { tokens, attempts }: CognitoState,
  { pool, client }: Attempt,
  responses: Readonly<Record<string, string>>,
): Promise<UserRecord> {
  const username = required(responses, 'USERNAME');
  const secretBlock = required(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = required(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = required(responses, 'TIMESTAMP');
  checkSecretHash(client, [username], responses.SECRET_HASH);
  const opened = await tokens.unseal<SrpState>(pool, 'srp', Buffer.from(secretBlock, 'base64').toString());
  if (opened.kind !== 'open') throw wrongPassword();
  const user = pool.users.bySub(opened.state.sub ?? '');
  if (!user?.password) throw wrongPassword();
  attempts.check(user);
  const expected = Buffer.from(
    expectedSignature({
      poolId: pool.record.id,
      username: user.username,
      verifier: user.password.verifier,
      clientShared: opened.state.clientShared,
      server: opened.state.server,
      secretBlock,
      timestamp,
    }),
  );
  const actual = Buffer.from(signature);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    attempts.failed(user);
    throw wrongPassword();
  }
  attempts.succeeded(user);
  return user;
}
