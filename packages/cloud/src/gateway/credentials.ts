import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialStore, SessionCredentials } from '../core/credentials.js';
import type { Principal } from '../core/principal.js';
import { randomId } from '../core/random-id.js';
import type { Area, Store } from '../core/store.js';

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

/** The secret of a data folder, in `credentials.json` there, readable by its owner alone. Made at first use. */
export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'credentials.json');
  try {
    const { secretAccessKey } = JSON.parse(await readFile(path, 'utf8')) as { secretAccessKey?: unknown };
    if (typeof secretAccessKey === 'string' && secretAccessKey.length >= 20) return secretAccessKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  const secretAccessKey = secret();
  await writeFile(`${path}.new`, `${JSON.stringify({ secretAccessKey })}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secretAccessKey;
}

/** Sessions are kept in the store, and those in use in memory: every request looks one up. */
export function createCredentials(store: Store, rootSecret: string, now: () => number): CredentialStore {
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
      const session = known.get(accessKeyId) ?? (await area.get<Session>(accessKeyId));
      if (session) remember(accessKeyId, session);
      return session;
    },
    issue: async (principal, durationSeconds): Promise<SessionCredentials> => {
      const accessKeyId = `ASIA${randomId.upper(16)}`;
      const session: Session = {
        principal: principal.kind === 'assumedRole' ? { ...principal, issued: now() } : principal,
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
