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

/** Text that a header cannot hold goes out encoded. */
export function encodedMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => {
      const isPlain = /^[\t\x20-\x7e]*$/.test(value);
      return [name, isPlain ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`];
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
