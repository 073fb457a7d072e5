import { createHash, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../core/aws-error.js';
import type { BodyStream } from '../core/http.js';
import { type CredentialScope, EMPTY_SHA256, hmac, scopeText, sha256 } from './signature.js';

/** How chunks are signed: each signature signs the one before it, from the request's own onwards. */
export interface ChunkSigning {
  readonly key: Uint8Array;
  readonly scope: CredentialScope;
  readonly amzDate: string;
  readonly seed: string;
}

export interface ChunkedBody {
  /** Given where the chunks are signed; a trailer that was announced is then signed too. */
  readonly signing?: ChunkSigning | undefined;
  /** The trailers that `x-amz-trailer` announces, in lower case. They have to come, and no others. */
  readonly announced?: readonly string[];
}

type Trailers = readonly (readonly [name: string, value: string])[];

const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

/** The line before a chunk has its size and its signature, some 90 bytes; trailers have some lines. */
const LONGEST_LINE = 1024;
const LONGEST_TRAILER = 16 * 1024;

const incomplete = () => new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400);
const malformedTrailer = () =>
  new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    400,
  );

function checkSignature({ key }: ChunkSigning, lines: readonly string[], given: string, what: string): void {
  const expected = hmac(key, lines.join('\n'));
  const bytes = Buffer.from(given, 'hex');
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) {
    throw new AwsError('SignatureDoesNotMatch', `The signature of ${what} does not match`, 403);
  }
}

function checkChunk(signing: ChunkSigning, previous: string, hash: string, given: string): void {
  const { amzDate, scope } = signing;
  const lines = ['AWS4-HMAC-SHA256-PAYLOAD', amzDate, scopeText(scope), previous, EMPTY_SHA256, hash];
  checkSignature(signing, lines, given, 'a chunk of the body');
}

function checkTrailer(signing: ChunkSigning, previous: string, trailers: Trailers, given: string): void {
  const { amzDate, scope } = signing;
  const hash = sha256(trailers.map(([name, value]) => `${name}:${value}\n`).join(''));
  const lines = ['AWS4-HMAC-SHA256-TRAILER', amzDate, scopeText(scope), previous, hash];
  checkSignature(signing, lines, given, 'the trailer');
}

function readTrailers(bytes: Buffer): [string, string][] {
  const trailers: [string, string][] = [];
  for (const line of bytes.toString('latin1').split(/\r?\n/)) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon <= 0) throw malformedTrailer();
    trailers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return trailers;
}

/** Bytes that arrive in pieces, read by lines and lengths. */
class PieceReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done) {
      this.#ended = true;
      return false;
    }
    const piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    return true;
  }

  /** The text before the next CRLF. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end > LONGEST_LINE || (end === -1 && this.#held.length > LONGEST_LINE)) throw incomplete();
      if (end !== -1) {
        const text = this.#held.toString('latin1', 0, end);
        this.#held = this.#held.subarray(end + 2);
        return text;
      }
      if (!(await this.#more())) throw incomplete();
    }
  }

  /** Up to `most` of the next bytes, at least one. */
  async some(most: number): Promise<Buffer> {
    while (this.#held.length === 0) if (!(await this.#more())) throw incomplete();
    const piece = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(piece.length);
    return piece;
  }

  async rest(limit: number): Promise<Buffer> {
    while (!this.#ended && this.#held.length <= limit) await this.#more();
    if (this.#held.length > limit) throw malformedTrailer();
    return this.#held;
  }
}

/**
 * Takes the `aws-chunked` framing off a body as it arrives ("Signature calculations for the authorization header:
 * transferring payload in multiple chunks", Amazon S3 API reference). A chunk is given out before its signature is
 * known to be right: the body counts once it has ended.
 */
export function decodeAwsChunked(
  framed: AsyncIterable<Uint8Array>,
  { signing, announced = [] }: ChunkedBody = {},
): BodyStream {
  const trailers: (readonly [string, string])[] = [];

  function readEnd(bytes: Buffer, previous: string): void {
    const read = readTrailers(bytes);
    const given = read.find(([name]) => name === TRAILER_SIGNATURE)?.[1];
    const plain = read.filter(([name]) => name !== TRAILER_SIGNATURE);
    const names = plain.map(([name]) => name);
    if (names.length !== announced.length || !announced.every((name) => names.includes(name))) {
      throw malformedTrailer();
    }
    if (signing && (plain.length > 0 || given !== undefined)) checkTrailer(signing, previous, plain, given ?? '');
    trailers.push(...plain);
  }

  async function* decode(): AsyncGenerator<Uint8Array> {
    const reader = new PieceReader(framed);
    let previous = signing?.seed ?? '';
    for (;;) {
      const [sizeText = '', ...extensions] = (await reader.line()).split(';');
      if (!/^[0-9a-fA-F]{1,12}$/.test(sizeText)) throw incomplete();
      const size = Number.parseInt(sizeText, 16);
      const hash = signing && createHash('sha256');
      for (let left = size; left > 0; ) {
        const piece = await reader.some(left);
        hash?.update(piece);
        left -= piece.length;
        yield piece;
      }
      if (signing && hash) {
        const given = extensions.find((one) => one.startsWith('chunk-signature='))?.slice(16) ?? '';
        checkChunk(signing, previous, hash.digest('hex'), given);
        previous = given;
      }
      if (size === 0) break;
      if ((await reader.line()) !== '') throw incomplete();
    }
    readEnd(await reader.rest(LONGEST_TRAILER), previous);
  }

  return { trailers, [Symbol.asyncIterator]: decode };
}
