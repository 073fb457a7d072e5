import { createHash, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { KEY_SPECS, type KeySpec, keySpec } from '../key-specs.js';
import { newMaterial, privateKeyOf } from './material.js';
import { hashOf, isSignature, signMessage } from './signature.js';

const MESSAGE = Buffer.from('goods for 12 pounds');

const algorithmsOf = (spec: KeySpec): readonly string[] =>
  spec.kind === 'ec'
    ? [spec.signs]
    : spec.kind === 'rsa'
      ? [256, 384, 512].flatMap((bits) => [`RSASSA_PSS_SHA_${bits}`, `RSASSA_PKCS1_V1_5_SHA_${bits}`])
      : [];
const CASES = Object.entries(KEY_SPECS)
  .filter(([name]) => !['RSA_3072', 'RSA_4096'].includes(name))
  .flatMap(([name, spec]) => algorithmsOf(spec).map((algorithm) => [name, algorithm] as const));

test.each(CASES)('%s by %s: a signature of a hash is that of its message, and of no other', async (spec, algorithm) => {
  const key = privateKeyOf(await newMaterial(keySpec(spec)?.name ?? 'SYMMETRIC_DEFAULT', 0));
  const digest = createHash(hashOf(algorithm)).update(MESSAGE).digest();
  const other = createHash(hashOf(algorithm)).update('another').digest();
  const ofDigest = signMessage(key, digest, 'DIGEST', algorithm);
  const ofMessage = signMessage(key, MESSAGE, 'RAW', algorithm);
  expect(isSignature(key, MESSAGE, 'RAW', algorithm, ofDigest)).toBe(true);
  expect(isSignature(key, digest, 'DIGEST', algorithm, ofMessage)).toBe(true);
  expect(isSignature(key, digest, 'DIGEST', algorithm, ofDigest)).toBe(true);
  expect(isSignature(key, other, 'DIGEST', algorithm, ofDigest)).toBe(false);
  expect(createPublicKey(key).type).toBe('public');
});
