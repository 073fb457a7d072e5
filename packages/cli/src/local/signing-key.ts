import type { SignatureSetting } from '@goblet/cloud/execute-api';

type Environment = Readonly<Record<string, string | undefined>>;

/** The developer's own key, with which requests to AWS_IAM routes must be signed. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The key in the environment, or undefined; keys of profiles are not read. */
export function signingKey(environment: Environment): SigningKey | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/** Key ids of the local cloud contain their account, and share one secret. */
const accountOf = (accessKeyId: string) => /^GOBLET(\d{12})$/.exec(accessKeyId)?.[1];

/**
 * Knows one key, and for the local cloud the key of every account. The key's owner counts as the root of the account;
 * the account of a real AWS key is unknown.
 */
export function keyCredentials(key: SigningKey | undefined): SignatureSetting['credentials'] {
  return {
    find: async (accessKeyId) => {
      if (key === undefined) return undefined;
      const account = accountOf(accessKeyId);
      const ours = accessKeyId === key.accessKeyId || (account !== undefined && accountOf(key.accessKeyId));
      if (!ours) return undefined;
      const { secretAccessKey, sessionToken } = key;
      return {
        principal: { kind: 'root', account: account ?? '000000000000' },
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      };
    },
  };
}
