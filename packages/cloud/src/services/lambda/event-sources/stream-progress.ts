/** Which records of a stream are read and not handled yet, so that a restart goes on behind the last before them. */
export class StreamProgress {
  readonly #open = new Map<string, { readonly bytes: number; handled: boolean }>();
  #bytes = 0;

  /** How many records there are that wait for others, or are not handled. */
  get count(): number {
    return this.#open.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** In the order of the stream. */
  read(sequence: string, bytes: number): void {
    this.#open.set(sequence, { bytes, handled: false });
    this.#bytes += bytes;
  }

  /** @returns the sequence number up to which all are handled, where that is another one now */
  handle(sequences: readonly string[]): string | undefined {
    for (const sequence of sequences) {
      const record = this.#open.get(sequence);
      if (record) record.handled = true;
    }
    let last: string | undefined;
    for (const [sequence, { bytes, handled }] of this.#open) {
      if (!handled) break;
      this.#open.delete(sequence);
      this.#bytes -= bytes;
      last = sequence;
    }
    return last;
  }
}
