import type { Output } from '../../model/client-types.js';

/** The material and the uses of a key of one spec ("Key spec reference" of the KMS guide). */
export type KeySpec =
  | { readonly kind: 'symmetric' }
  | { readonly kind: 'rsa'; readonly bits: number }
  | { readonly kind: 'ec'; readonly curve: string; readonly signs: SigningAlgorithm; readonly agrees: boolean }
  | { readonly kind: 'hmac'; readonly hash: string; readonly bytes: number; readonly algorithm: MacAlgorithm };

export type KeyMetadata = NonNullable<Output<'kms', 'DescribeKey'>['KeyMetadata']>;
/** The usages that keys of this cloud have. */
export type KeyUsage = Extract<
  KeyMetadata['KeyUsage'],
  'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT'
>;
export type KeySpecName = NonNullable<KeyMetadata['KeySpec']>;
type SigningAlgorithm = NonNullable<KeyMetadata['SigningAlgorithms']>[number];
type MacAlgorithm = NonNullable<KeyMetadata['MacAlgorithms']>[number];

const rsa = (bits: number): KeySpec => ({ kind: 'rsa', bits });
const ec = (curve: string, signs: SigningAlgorithm, agrees = true): KeySpec => ({ kind: 'ec', curve, signs, agrees });
const hmac = (bits: 224 | 256 | 384 | 512): KeySpec => ({
  kind: 'hmac',
  hash: `sha${bits}`,
  bytes: bits / 8,
  algorithm: `HMAC_SHA_${bits}`,
});

export const KEY_SPECS: Readonly<Partial<Record<KeySpecName, KeySpec>>> = {
  RSA_2048: rsa(2048),
  ECC_NIST_P384: ec('secp384r1', 'ECDSA_SHA_384'),
  ECC_NIST_P256: ec('prime256v1', 'ECDSA_SHA_256'),
  ECC_NIST_P521: ec('secp521r1', 'ECDSA_SHA_512'),
  HMAC_384: hmac(384),
  RSA_3072: rsa(3072),
  ECC_SECG_P256K1: ec('secp256k1', 'ECDSA_SHA_256', false),
  RSA_4096: rsa(4096),
  SYMMETRIC_DEFAULT: { kind: 'symmetric' },
  HMAC_256: hmac(256),
  HMAC_224: hmac(224),
  HMAC_512: hmac(512),
};

/** @param name as a request has it */
export function keySpec(name: string): { readonly name: KeySpecName; readonly spec: KeySpec } | undefined {
  const entry = Object.entries(KEY_SPECS).find(([known]) => known === name);
  // The keys of the table are the names.
  return entry && { name: entry[0] as KeySpecName, spec: entry[1] };
}

export const RSA_ENCRYPTION = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
export const RSA_SIGNING = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
] as const;
export const MAC_ALGORITHMS = ['HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512'];
export const SIGNING_ALGORITHMS = [...RSA_SIGNING, 'ECDSA_SHA_256', 'ECDSA_SHA_384', 'ECDSA_SHA_512'];
export const ENCRYPTION_ALGORITHMS = ['SYMMETRIC_DEFAULT', ...RSA_ENCRYPTION];

/** The usages that a spec takes. */
export function usagesOf(spec: KeySpec): readonly KeyUsage[] {
  switch (spec.kind) {
    case 'symmetric':
      return ['ENCRYPT_DECRYPT'];
    case 'rsa':
      return ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'];
    case 'ec':
      return spec.agrees ? ['SIGN_VERIFY', 'KEY_AGREEMENT'] : ['SIGN_VERIFY'];
    case 'hmac':
      return ['GENERATE_VERIFY_MAC'];
  }
}

type Algorithms = Pick<
  KeyMetadata,
  'EncryptionAlgorithms' | 'SigningAlgorithms' | 'MacAlgorithms' | 'KeyAgreementAlgorithms'
>;

/** The algorithms of a key, under the member of its metadata that lists them. */
export function algorithmsOf(spec: KeySpec, usage: KeyUsage): Algorithms {
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: spec.kind === 'rsa' ? RSA_ENCRYPTION : ['SYMMETRIC_DEFAULT'] };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: spec.kind === 'ec' ? [spec.signs] : RSA_SIGNING };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: spec.kind === 'hmac' ? [spec.algorithm] : [] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
  }
}
