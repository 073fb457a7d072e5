import { AwsError } from '../../../core/aws-error.js';

/** A form as a web page posts it. */
export interface PostedForm {
  /** Fields before the file, by their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: PostedFile | undefined;
}

/** The file of a form. What comes behind it is not read. */
export interface PostedFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** "POST request elements other than the file have a limit of 20 KB" (S3 User Guide). */
const LARGEST_FIELDS = 20 * 1024;

const END_OF_HEAD = Buffer.from('\r\n\r\n');

function malformed(): AwsError {
  return new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
}

/** Bytes that arrive in pieces, read up to a mark. */
class MarkedReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const { done, value } = await this.#pieces.next();
    if (done) this.#ended = true;
    else this.#held = Buffer.concat([this.#held, value]);
    return !done;
  }

  /** The bytes before a mark, which is passed over. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        if (at > 0) yield this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        return;
      }
      // The end of what is held may be the beginning of the mark.
      const safe = this.#held.length - mark.length + 1;
      if (safe > 0) {
        yield this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
      }
      if (!(await this.#more())) throw malformed();
    }
  }

  /** The same where it is short. @throws AwsError MaxPostPreDataLengthExceededError */
  async textUntil(mark: Buffer): Promise<string> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.until(mark)) {
      size += piece.length;
      if (size > LARGEST_FIELDS) {
        const message = 'Your POST request fields preceding the upload file were too large.';
        throw new AwsError('MaxPostPreDataLengthExceededError', message);
      }
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  }

  /** True if the form ends here: its last boundary has two dashes behind it. */
  async atEnd(): Promise<boolean> {
    while (this.#held.length < 2) if (!(await this.#more())) return true;
    return this.#held.subarray(0, 2).toString() === '--';
  }
}

function parameter(head: string, name: string): string | undefined {
  return new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(head)?.[1];
}

/**
 * Reads a form up to its file (RFC 7578).
 *
 * @throws AwsError MalformedPOSTRequest
 */
export async function readForm(body: AsyncIterable<Uint8Array>, boundary: string): Promise<PostedForm> {
  const reader = new MarkedReader(prefixed(body));
  const mark = Buffer.from(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  await reader.textUntil(mark);
  while (!(await reader.atEnd())) {
    const head = await reader.textUntil(END_OF_HEAD);
    const name = parameter(head, 'name');
    if (name === undefined) throw malformed();
    if (name.toLowerCase() === 'file') {
      const contentType = /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim();
      const file = { name: parameter(head, 'filename') ?? '', contentType, bytes: reader.until(mark) };
      return { fields, file };
    }
    fields.set(name.toLowerCase(), await reader.textUntil(mark));
  }
  return { fields, file: undefined };
}

/** The first boundary begins a line as the others do. */
async function* prefixed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('\r\n');
  yield* body;
}
