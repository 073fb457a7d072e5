import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

/** A curve y² = x³ + ax + b over the field of p, whose generator has the order n (SEC 2). */
interface Curve {
  readonly name: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly n: bigint;
  readonly g: Point;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const hex = (text: string): bigint => BigInt(`0x${text}`);

const P256 = hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff');
const P384 = hex('fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff');
const P521 = 2n ** 521n - 1n;
const K256 = 2n ** 256n - 2n ** 32n - 977n;

const CURVES: Readonly<Record<string, Omit<Curve, 'name' | 'g'>>> = {
  prime256v1: {
    p: P256,
    a: P256 - 3n,
    n: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  secp384r1: {
    p: P384,
    a: P384 - 3n,
    n: hex('ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
  },
  secp521r1: {
    p: P521,
    a: P521 - 3n,
    n: hex(`1ff${'f'.repeat(62)}fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`),
  },
  secp256k1: { p: K256, a: 0n, n: hex('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141') },
};

const modulo = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;
const numberOf = (bytes: Uint8Array): bigint => hex(Buffer.from(bytes).toString('hex') || '0');

function inverse(value: bigint, by: bigint): bigint {
  let [rest, next, factor, nextFactor] = [modulo(value, by), by, 1n, 0n];
  while (rest > 1n) {
    const quotient = next === 0n ? 0n : rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return modulo(factor, by);
}

/** Undefined is the point at infinity. */
function add(curve: Curve, one: Point | undefined, other: Point | undefined): Point | undefined {
  if (!one || !other) return one ?? other;
  const { p, a } = curve;
  if (one.x === other.x && one.y !== other.y) return undefined;
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x + a) * inverse(2n * one.y, p)
      : (other.y - one.y) * inverse(other.x - one.x, p);
  const x = modulo(slope * slope - one.x - other.x, p);
  return { x, y: modulo(slope * (one.x - x) - one.y, p) };
}

function times(curve: Curve, factor: bigint, point: Point): Point | undefined {
  let sum: Point | undefined;
  let doubled: Point | undefined = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(curve, sum, doubled);
    doubled = add(curve, doubled, doubled);
  }
  return sum;
}

function pointOf(uncompressed: Buffer): Point {
  const size = (uncompressed.length - 1) / 2;
  return { x: numberOf(uncompressed.subarray(1, size + 1)), y: numberOf(uncompressed.subarray(size + 1)) };
}

function bytesOf(value: bigint, size: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex');
}

const sizeOf = (n: bigint): number => Math.ceil(n.toString(2).length / 8);

/** The generator times a factor, by Node.js. */
function generatorTimes(name: string, factor: bigint, size: number): Point {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(bytesOf(factor, size));
  return pointOf(ecdh.getPublicKey());
}

function curveOf({ asymmetricKeyDetails }: KeyObject): Curve {
  const name = asymmetricKeyDetails?.namedCurve ?? '';
  const known = CURVES[name];
  if (!known) throw new Error(`the curve ${name} is not known`);
  return { ...known, name, g: generatorTimes(name, 1n, sizeOf(known.n)) };
}

/** The leftmost bits of a hash, as many as the order has. */
function truncated(digest: Uint8Array, n: bigint): bigint {
  const excess = digest.length * 8 - n.toString(2).length;
  return excess > 0 ? numberOf(digest) >> BigInt(excess) : numberOf(digest);
}

const member = (key: KeyObject, name: 'd' | 'x' | 'y'): bigint =>
  numberOf(Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url'));

/** Signs a hash; the signature is DER. */
export function ecdsaSign(key: KeyObject, digest: Uint8Array): Uint8Array {
  const { name, n } = curveOf(key);
  const size = sizeOf(n);
  for (;;) {
    // Eight more bytes than needed leave no bias worth the name (FIPS 186-5, A.3.1).
    const k = modulo(numberOf(randomBytes(size + 8)), n - 1n) + 1n;
    const r = modulo(generatorTimes(name, k, size).x, n);
    const s = modulo(inverse(k, n) * (truncated(digest, n) + r * member(key, 'd')), n);
    if (r !== 0n && s !== 0n) return derSignature(r, s);
  }
}

export function ecdsaVerify(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const curve = curveOf(key);
  const { n, g } = curve;
  const [r, s] = readDerSignature(signature);
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const w = inverse(s, n);
  const ofG = times(curve, modulo(truncated(digest, n) * w, n), g);
  const ofKey = times(curve, modulo(r * w, n), { x: member(key, 'x'), y: member(key, 'y') });
  const point = add(curve, ofG, ofKey);
  return point !== undefined && modulo(point.x, n) === r;
}

function derInteger(value: bigint): Buffer {
  const text = value.toString(16);
  const bytes = Buffer.from(text.length % 2 ? `0${text}` : text, 'hex');
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
  return Buffer.concat([Buffer.from([2, positive.length]), positive]);
}

function derSignature(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from(body.length < 0x80 ? [0x30, body.length] : [0x30, 0x81, body.length]), body]);
}

function readDerSignature(signature: Uint8Array): readonly [r: bigint, s: bigint] {
  const rAt = signature[1] === 0x81 ? 3 : 2;
  const rLength = signature[rAt + 1] ?? 0;
  const sAt = rAt + 2 + rLength;
  return [numberOf(signature.subarray(rAt + 2, sAt)), numberOf(signature.subarray(sAt + 2))];
}
