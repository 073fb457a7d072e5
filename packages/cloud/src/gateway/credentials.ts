import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudError } from '../core/cloud-error.js';
import type { CredentialStore, SessionCredentials } from '../core/credentials.js';
import { isMissing } from '../core/missing-file.js';
import type { Principal } from '../core/principal.js';
import { randomId } from '../core/random-id.js';
import type { Area, Store } from '../core/store.js';
import { noCredentials } from '../errors/folder.js';

/** Key ids of developers: the account's root. */
const ROOT_KEY = /^GOBLET(\d{12})$/;

export function rootKeyId(account: string): string {
  return `GOBLET${account}`;
}

interface Session {
  readonly principal: Principal;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: number;
}

function secret(): string {
  return randomBytes(30).toString('base64url');
}

/** Makes a secret that nothing outside this process will know: for clouds without a folder. */
export const ephemeralSecret = secret;

/** The text of a file; undefined if the file does not exist. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function secretIn(text: string): string | undefined {
  try {
    const { secretAccessKey } = JSON.parse(text) as { secretAccessKey?: unknown };
    return typeof secretAccessKey === 'string' && secretAccessKey.length >= 20 ? secretAccessKey : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The secret of a data folder, in `credentials.json` there, readable by its owner alone. Made at first use.
 *
 * @throws CloudError GOBLET_CLOUD_FOLDER_UNUSABLE where the file holds something else
 */
export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'credentials.json');
  const text = await textOf(path);
  if (text !== undefined) {
    const known = secretIn(text);
    if (known !== undefined) return known;
    throw new CloudError(noCredentials(path));
  }
  const secretAccessKey = secret();
  await writeFile(`${path}.new`, `${JSON.stringify({ secretAccessKey })}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secretAccessKey;
}

/** Whose sessions have an `aws:TokenIssueTime`. */
function isTimed(principal: Principal): principal is Extract<Principal, { readonly issued?: number }> {
  return principal.kind === 'assumedRole' || principal.kind === 'user';
}

/** Sessions are kept in the store, and those in use in memory: every request looks one up. */
export function createCredentials(
  store: Store,
  rootSecret: string,
  now: () => number,
  /** Finds the holder of a user's access key. */
  keyHolder: (accessKeyId: string) => ReturnType<CredentialStore['find']>,
): CredentialStore {
  const area: Area = store.root.area('sessions');
  const known = new Map<string, Session>();

  function remember(accessKeyId: string, session: Session): void {
    if (known.size >= 10_000) for (const [id, { expiration }] of known) if (expiration <= now()) known.delete(id);
    known.set(accessKeyId, session);
  }

  return {
    find: async (accessKeyId) => {
      const account = ROOT_KEY.exec(accessKeyId)?.[1];
      if (account !== undefined) return { principal: { kind: 'root', account }, secretAccessKey: rootSecret };
      if (accessKeyId.startsWith('AKIA')) return keyHolder(accessKeyId);
      const session = known.get(accessKeyId) ?? (await area.get<Session>(accessKeyId));
      if (session) remember(accessKeyId, session);
      return session;
    },
    issue: async (principal, durationSeconds): Promise<SessionCredentials> => {
      const accessKeyId = `ASIA${randomId.upper(16)}`;
      const session: Session = {
        principal: isTimed(principal) ? { ...principal, issued: now() } : principal,
        secretAccessKey: secret(),
        sessionToken: randomBytes(96).toString('base64'),
        expiration: now() + durationSeconds * 1000,
      };
      await area.batch([{ key: accessKeyId, value: session }]);
      remember(accessKeyId, session);
      const { secretAccessKey, sessionToken, expiration } = session;
      return { accessKeyId, secretAccessKey, sessionToken, expiration };
    },
  };
}
