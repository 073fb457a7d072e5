import type { Scope } from '../../../core/operation.js';
import { type NamesStream, type StreamName, streamOf } from '../streams/stream-name.js';

/** Reads the stream that an input names, and leaves the rest of it as it is. */
export function withStream<Input extends NamesStream>(
  input: Input,
  scope: Scope,
): Omit<Input, 'StreamName' | 'StreamARN'> & { readonly stream: StreamName } {
  const { StreamName: _, StreamARN: __, ...rest } = input;
  return { ...rest, stream: streamOf(input, scope) };
}
