/** True if a value is bytes that arrive one piece after another. */
export function isByteStream(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Bytes in pieces, whether they are there already or still to come. */
export async function* piecesOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) yield bytes;
  else yield* bytes;
}

/**
 * Reads the bytes of a member that may be text, bytes or a stream of them, such as `Body` of GetObject.
 *
 * @returns undefined for a value of another kind
 */
export async function collectBytes(value: unknown): Promise<Uint8Array | undefined> {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  if (!isByteStream(value)) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of value) pieces.push(piece);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}
