import { createCipheriv, randomBytes } from 'node:crypto';
import type { Area } from '../../core/store.js';

/** Makes the ciphertext that a SecureString is without `WithDecryption`. */
export type Sealer = (value: string) => string;

/** One key for each account and region, made at first use, as KMS has `aws/ssm`. */
export async function createSealer(area: Area): Promise<Sealer> {
  let key = await area.get<Uint8Array>('sealing-key');
  if (!key) {
    key = randomBytes(32);
    await area.batch([{ key: 'sealing-key', value: key }]);
  }
  const aes = key;
  return (value) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', aes, nonce);
    const sealed = [nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString('base64');
  };
}
