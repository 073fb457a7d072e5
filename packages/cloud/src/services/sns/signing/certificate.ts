import { createPublicKey, createSign, type KeyObject, randomBytes } from 'node:crypto';

/** DER's tags ("X.690"). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11 */
const SHA256_RSA = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b);
/** id-at-commonName, 2.5.4.3 */
const COMMON_NAME = Uint8Array.of(0x55, 0x04, 0x03);
/** The last moment that UTCTime can say. */
const LATEST = '491231235959Z';

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...size), content]);
}

const ALGORITHM = der(SEQUENCE, der(OBJECT_ID, SHA256_RSA), der(NULL));

const nameOf = (commonName: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME), der(UTF8_STRING, Buffer.from(commonName)))));

const bits = (bytes: Uint8Array): Buffer => der(BIT_STRING, Uint8Array.of(0), bytes);

/** `261201105418Z` */
const utcTime = (time: number): Buffer =>
  der(
    UTC_TIME,
    Buffer.from(
      `${new Date(time)
        .toISOString()
        .replace(/[-:T]|\.\d{3}/g, '')
        .slice(2)}`,
    ),
  );

/**
 * A certificate that an RSA key signs for itself (RFC 5280, version 1).
 *
 * @param from epoch milliseconds before which it is not valid
 * @returns PEM
 */
export function selfSignedCertificate(privateKey: KeyObject, commonName: string, from: number): string {
  const name = nameOf(commonName);
  const content = der(
    SEQUENCE,
    // A positive number: its first bit is not set.
    der(INTEGER, Uint8Array.of(0x01), randomBytes(15)),
    ALGORITHM,
    name,
    der(SEQUENCE, utcTime(from), der(UTC_TIME, Buffer.from(LATEST))),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('sha256').update(content).sign(privateKey);
  const certificate = der(SEQUENCE, content, ALGORITHM, bits(signature)).toString('base64');
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
