/** Bytes of an event; what a synchronous invocation takes. */
const LONGEST_EVENT = 6_291_456;

/**
 * Events that a function can take: a batch of large messages is handed over in several.
 * @param shownOf the part of a record that the function gets
 */
export function* eventsOf<R>(
  records: readonly R[],
  shownOf: (record: R) => unknown = (record) => record,
): Generator<{
  readonly records: readonly R[];
  readonly payload: Uint8Array;
}> {
  let part: R[] = [];
  let texts: string[] = [];
  let size = 0;
  const event = () => ({ records: part, payload: Buffer.from(`{"Records":[${texts.join(',')}]}`) });
  for (const record of records) {
    const text = JSON.stringify(shownOf(record));
    const bytes = Buffer.byteLength(text) + 1;
    if (part.length > 0 && size + bytes > LONGEST_EVENT - 16) {
      yield event();
      part = [];
      texts = [];
      size = 0;
    }
    part.push(record);
    texts.push(text);
    size += bytes;
  }
  if (part.length > 0) yield event();
}
