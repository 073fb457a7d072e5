import { createHash, createHmac, getDiffieHellman, randomBytes } from 'node:crypto';

// Secure Remote Password as the SDKs of Amazon Cognito speak it: RFC 5054 with SHA-256 and the group of 3072 bits of
// RFC 3526, where texts are hex numbers padded to be positive, and the key is derived by HKDF with its own label.

let prime: bigint | undefined;

function modulus(): bigint {
  prime ??= fromHex(getDiffieHellman('modp15').getPrime('hex'));
  return prime;
}

const GENERATOR = 2n;
const LABEL = Buffer.concat([Buffer.from('Caldera Derived Key'), Buffer.of(1)]);
const KEY_BYTES = 16;
/** Of the server's ephemeral number. */
const EPHEMERAL_BYTES = 32;

const fromHex = (hex: string): bigint => BigInt(`0x${hex || '0'}`);

/** The number as the bytes of a positive number in two's complement. */
function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function hash(...parts: readonly (Uint8Array | string)[]): Buffer {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
}

const hashNumber = (...parts: readonly Uint8Array[]): bigint => fromHex(hash(...parts).toString('hex'));

function power(base: bigint, exponent: bigint): bigint {
  const n = modulus();
  let result = 1n;
  let square = base % n;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % n;
    square = (square * square) % n;
  }
  return result;
}

const poolNameOf = (poolId: string): string => poolId.slice(poolId.lastIndexOf('_') + 1);

/**
 * The verifier that the server keeps in place of a password.
 *
 * @param salt hex
 * @returns hex
 */
export function verifierOf(poolId: string, username: string, password: string, salt: string): string {
  const identity = hash(`${poolNameOf(poolId)}${username}:${password}`);
  return power(GENERATOR, hashNumber(padded(fromHex(salt)), identity)).toString(16);
}

const multiplier = (): bigint => hashNumber(padded(modulus()), padded(GENERATOR));

/** The server's half of an exchange. */
export interface ServerEphemeral {
  /** Hex; stays with the server. */
  readonly secret: string;
  /** `SRP_B`, hex. */
  readonly shared: string;
}

/** @param verifier hex */
export function serverEphemeral(verifier: string): ServerEphemeral {
  const secret = randomBytes(EPHEMERAL_BYTES).toString('hex');
  const shared = (multiplier() * fromHex(verifier) + power(GENERATOR, fromHex(secret))) % modulus();
  return { secret, shared: shared.toString(16) };
}

/** True if a client's number can be used: RFC 5054, 2.5.4, refuses multiples of the modulus. */
export function isUsable(clientShared: string): boolean {
  return /^[0-9a-fA-F]+$/.test(clientShared) && fromHex(clientShared) % modulus() !== 0n;
}

export interface Exchange {
  readonly poolId: string;
  /** `USER_ID_FOR_SRP` */
  readonly username: string;
  /** Hex, like the next three. */
  readonly verifier: string;
  /** `SRP_A` */
  readonly clientShared: string;
  readonly server: ServerEphemeral;
  /** `PASSWORD_CLAIM_SECRET_BLOCK`, base64. */
  readonly secretBlock: string;
  /** `TIMESTAMP`, as the client wrote it. */
  readonly timestamp: string;
}

/** The signature (base64) by which a client that knows the password answers. */
export function expectedSignature(exchange: Exchange): string {
  const { poolId, username, verifier, clientShared, server, secretBlock, timestamp } = exchange;
  const a = fromHex(clientShared);
  const scrambler = hashNumber(padded(a), padded(fromHex(server.shared)));
  const common = power(a * power(fromHex(verifier), scrambler), fromHex(server.secret));
  const pseudoRandom = createHmac('sha256', padded(scrambler)).update(padded(common)).digest();
  const key = createHmac('sha256', pseudoRandom).update(LABEL).digest().subarray(0, KEY_BYTES);
  return createHmac('sha256', key)
    .update(poolNameOf(poolId))
    .update(username)
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp)
    .digest('base64');
}
