import { createHash, createPrivateKey, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { CloudContext } from '../../../core/cloud.js';
import type { Area } from '../../../core/store.js';
import { selfSignedCertificate } from './certificate.js';

/** The algorithms of AWS's two versions of signatures ("Verifying the signatures of Amazon SNS messages"). */
const DIGESTS = { '1': 'sha1', '2': 'sha256' } as const;

export type SignatureVersion = keyof typeof DIGESTS;

interface Stored {
  /** PEM */
  readonly privateKey: string;
  /** PEM */
  readonly certificate: string;
}

interface Loaded {
  readonly key: KeyObject;
  readonly certificate: string;
  /** The path at which the cloud serves the certificate. */
  readonly path: string;
}

const newPair = promisify(generateKeyPair);
const signed = promisify(sign);
const PATH = /^\/SimpleNotificationService-[0-9a-f]{32}\.pem$/;

/** True if a path can be one of a certificate. */
export const isCertificatePath = (path: string): boolean => PATH.test(path);

/** The key that notifications are signed with: one for a data folder, made when the first is signed. */
export class SigningKey {
  readonly #area: Area;
  readonly #now: () => number;
  #loaded: Promise<Loaded> | undefined;

  constructor({ store, now }: Pick<CloudContext, 'store' | 'now'>) {
    this.#area = store.root.area('sns-signing');
    this.#now = now;
  }

  /** @returns PEM, and the path at which the cloud serves it */
  async certificate(): Promise<Pick<Loaded, 'certificate' | 'path'>> {
    return this.#load();
  }

  /** @returns base64 */
  async sign(text: string, version: SignatureVersion): Promise<string> {
    const { key } = await this.#load();
    const signature = await signed(DIGESTS[version], Buffer.from(text), key);
    return signature.toString('base64');
  }

  #load(): Promise<Loaded> {
    this.#loaded ??= this.#read().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #read(): Promise<Loaded> {
    const { privateKey, certificate } = (await this.#area.get<Stored>('key')) ?? (await this.#make());
    const id = createHash('md5').update(certificate).digest('hex');
    return { key: createPrivateKey(privateKey), certificate, path: `/SimpleNotificationService-${id}.pem` };
  }

  async #make(): Promise<Stored> {
    const { privateKey } = await newPair('rsa', { modulusLength: 2048 });
    const made = {
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      certificate: selfSignedCertificate(privateKey, 'sns.amazonaws.com', this.#now()),
    };
    await this.#area.batch([{ key: 'key', value: made }]);
    return made;
  }
}
