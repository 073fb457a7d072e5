import { encodeRfc3986 } from '../../../gateway/signature.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { s3Error } from '../s3-error.js';

export interface ListRequest {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly maxKeys: number;
}

export interface ListPage<T> {
  readonly objects: readonly T[];
  readonly commonPrefixes: readonly string[];
  readonly truncated: boolean;
  /** The key or common prefix that the page ends with. */
  readonly last: string;
}

const MAX_KEYS = 1000;

/** @throws AwsError InvalidArgument */
export function readMaxKeys(given: number | undefined): number {
  if (given === undefined) return MAX_KEYS;
  if (given < 0)
    throw s3Error.invalidArgument(
      'Argument maxKeys must be an integer between 0 and 2147483647',
      'maxKeys',
      `${given}`,
    );
  return Math.min(given, MAX_KEYS);
}

/** The prefix that a key shares with others up to the delimiter; undefined where it has none behind the prefix asked for. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/**
 * A page of what `all` gives in the order of its keys, which start at or before the prefix.
 *
 * @param after what the page before ended with: a key, or a common prefix, whose keys are passed over
 */
export async function listPage<T extends Pick<ObjectRecord, 'key'>>(
  all: AsyncIterable<T>,
  request: ListRequest,
  after: string | undefined,
): Promise<ListPage<T>> {
  const objects: T[] = [];
  const commonPrefixes: string[] = [];
  let last = '';
  for await (const object of all) {
    const { key } = object;
    if (!key.startsWith(request.prefix)) break;
    const common = commonPrefixOf(key, request.prefix, request.delimiter);
    if (common !== undefined && (common === after || common === commonPrefixes.at(-1))) continue;
    if (objects.length + commonPrefixes.length >= request.maxKeys) {
      return { objects, commonPrefixes, truncated: request.maxKeys > 0, last };
    }
    if (common === undefined) objects.push(object);
    else commonPrefixes.push(common);
    last = common ?? key;
  }
  return { objects, commonPrefixes, truncated: false, last };
}

/** `encoding-type=url`: keys may have characters that XML can not. */
export function keyEncoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key;
  if (encodingType !== 'url') {
    throw s3Error.invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return (key) => encodeRfc3986(key).replaceAll('%2F', '/');
}
