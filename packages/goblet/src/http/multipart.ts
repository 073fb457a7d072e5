import { utf8 } from './body.js';
import { BadRequest } from './errors.js';

/** One part of a multipart body (RFC 7578). */
export interface Part {
  readonly name: string;
  /** Chosen by the client; never a path to trust. */
  readonly filename: string | undefined;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  readonly text: string;
}

const malformed = (what: string): Error => new BadRequest(`The multipart body ${what}`);

/** Reads `name="value"` of a header; a backslash escapes a quote (RFC 7578 follows RFC 2183 here). */
function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(header);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2];
}

function readPart(bytes: Buffer): Part {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw malformed('has a part without an end to its headers');
  const headers = utf8(bytes.subarray(0, end)).split('\r\n');
  const header = (name: string) =>
    headers.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1);
  const disposition = header('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) throw malformed('has a part without a name');
  const content = bytes.subarray(end + 4);
  return {
    name,
    filename: parameter(disposition, 'filename'),
    contentType: header('content-type')?.trim() ?? 'text/plain',
    bytes: content,
    get text() {
      return utf8(content);
    },
  };
}

/**
 * The parts of a multipart body (RFC 2046, section 5.1.1), in order.
 * @throws BadRequest if it is truncated or malformed, or has too many parts
 */
export function splitParts(given: Uint8Array, boundary: string, maxParts: number): Part[] {
  // A line break before the first delimiter makes it like the others.
  const bytes = Buffer.concat([Buffer.from('\r\n'), given]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let at = bytes.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (bytes.toString('latin1', start, start + 2) === '--') return parts;
    const line = bytes.indexOf('\r\n', start);
    const next = bytes.indexOf(delimiter, start);
    if (line < 0 || next < 0) break;
    if (parts.length === maxParts) throw malformed(`has more than ${maxParts} parts`);
    parts.push(readPart(bytes.subarray(line + 2, Math.max(line + 2, next))));
    at = next;
  }
  throw malformed('ends before its last boundary');
}
