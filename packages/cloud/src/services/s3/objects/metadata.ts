import { AwsError } from '../../../core/aws-error.js';

const LARGEST = 2 * 1024;

/** RFC 2047: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=` are text that a header cannot hold. */
function decoded(value: string): string {
  return value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, encoding: string, text: string) => {
    if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64').toString();
    const escaped = text.replaceAll('%', '%25').replaceAll('_', ' ').replaceAll('=', '%');
    try {
      return decodeURIComponent(escaped);
    } catch {
      return text;
    }
  });
}

/** A value that comes as it is, written as a header from which it is read as that: it may look like an encoded one. */
export function literalMetadata(value: string): string {
  return value.includes('=?') ? `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=` : value;
}

/** Characters of its own among them, S3 sends text as Java's mail library does: mostly ASCII is quoted, the rest base64. */
function encoded(value: string): string {
  const characters = [...value];
  const plain = characters.filter((each) => /[\t\x20-\x7e]/.test(each)).length;
  if (plain <= characters.length - plain) return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
  const quoted = [...Buffer.from(value)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === ' ') return '_';
    const isPlain = byte > 0x20 && byte < 0x7f && !'=?_'.includes(character);
    return isPlain ? character : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `=?UTF-8?Q?${quoted.join('')}?=`;
}

/** Text that a header cannot hold goes out encoded. */
export function encodedMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => {
      const isPlain = /^[\t\x20-\x7e]*$/.test(value);
      return [name, isPlain ? value : encoded(value)];
    }),
  );
}

/**
 * User metadata, which comes as headers: names in lower case.
 *
 * @throws AwsError MetadataTooLarge over 2 KB of names and values ("Working with object metadata", S3 User Guide)
 */
export function readMetadata(metadata: Readonly<Record<string, string>> = {}): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), decoded(value)] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > LARGEST) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
      Size: size,
      MaxSizeAllowed: LARGEST,
    });
  }
  return Object.fromEntries(entries);
}
