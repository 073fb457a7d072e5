import { isObject, parseJson } from '../../core/json.js';
import { type ProxyResponse, proxyResponse, pushCookies } from './proxy-response.js';

export interface StreamedResponse extends Omit<ProxyResponse, 'body'> {
  readonly body: AsyncIterable<Uint8Array>;
}

/** The delimiter has to come within this many bytes. */
const LONGEST_PRELUDE = 16 * 1024;
const DELIMITER = Buffer.alloc(8);

/**
 * Reads the status and the headers of a streamed response, and hands its body on as it comes (developer guide, "Stream
 * the integration response for your proxy integrations in API Gateway").
 * @throws what the stream throws before its body begins
 */
export async function streamResponse(
  stream: AsyncIterable<Uint8Array>,
): Promise<StreamedResponse | { malformed: string }> {
  const chunks = stream[Symbol.asyncIterator]();
  let read: Buffer = Buffer.alloc(0);
  let at = -1;
  while (at === -1) {
    const { value, done } = await chunks.next();
    if (done || read.length > LONGEST_PRELUDE)
      return { malformed: 'the stream has no eight zero bytes after its metadata' };
    read = Buffer.concat([read, value]);
    at = read.indexOf(DELIMITER);
  }
  let metadata: unknown;
  try {
    metadata = parseJson(read.toString('utf8', 0, at));
  } catch {
    return { malformed: 'the metadata of the stream is not JSON' };
  }
  if (!isObject(metadata)) return { malformed: 'the metadata of the stream is not an object' };
  const { cookies, ...result } = metadata;
  const head = proxyResponse(result, () => false);
  if ('malformed' in head) return head;
  if ('undecodable' in head) return { malformed: head.undecodable };
  const wrong = pushCookies(head.headers, cookies);
  if (wrong !== undefined) return { malformed: wrong };
  return { ...head, body: rest(read.subarray(at + DELIMITER.length), chunks) };
}

async function* rest(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  try {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}
