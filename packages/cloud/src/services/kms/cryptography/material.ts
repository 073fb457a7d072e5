import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyMaterial } from '../key-record.js';
import { KEY_SPECS, type KeySpec, type KeySpecName } from '../key-specs.js';

const makeKeyPair = promisify(generateKeyPair);

/** A new private key and its public one. */
export async function newKeyPair(spec: Extract<KeySpec, { kind: 'rsa' | 'ec' }>) {
  const { privateKey, publicKey } =
    spec.kind === 'rsa'
      ? await makeKeyPair('rsa', { modulusLength: spec.bits })
      : await makeKeyPair('ec', { namedCurve: spec.curve });
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
  };
}

async function secretOf(spec: KeySpec): Promise<Buffer> {
  switch (spec.kind) {
    case 'symmetric':
      return randomBytes(32);
    case 'hmac':
      return randomBytes(spec.bytes);
    default:
      return (await newKeyPair(spec)).privateKey;
  }
}

/** @param now epoch milliseconds */
export async function newMaterial(
  spec: KeySpecName,
  now: number,
  rotation?: KeyMaterial['rotation'],
): Promise<KeyMaterial> {
  const known = KEY_SPECS[spec];
  if (known === undefined) throw new Error(`${spec} is no key spec`);
  return {
    id: randomBytes(32).toString('hex'),
    secret: (await secretOf(known)).toString('base64'),
    since: now,
    rotation,
  };
}

export function privateKeyOf({ secret }: KeyMaterial): KeyObject {
  return createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' });
}
