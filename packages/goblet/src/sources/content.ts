import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import { notJson } from '../errors/records.js';
import { RecordRefused } from './record-refused.js';
import { carriedBy, type Source } from './source.js';

/**
 * The content of messages: JSON with a schema, text (`String`), or the events of a source that publishes to the queue
 * or topic: `topic(…)`, `bucket(…)`, `bus(…)`.
 */
export type Content = Schema | StringConstructor | Source<'topic' | 'bucket' | 'bus'>;

/** The same, for types. */
export type TypedContent = TypedSchema | StringConstructor | Source<'topic' | 'bucket' | 'bus'>;

/** The value that a handler receives for such content. */
export type ContentOf<B> = B extends StringConstructor
  ? string
  : B extends TypedSchema
    ? SchemaOutput<B>
    : B extends Source<'bucket', infer R>
      ? readonly R[]
      : B extends Source<'topic' | 'bus', infer R>
        ? R
        : never;

/** The value that a test sends for such content. */
export type ContentSent<B> = B extends StringConstructor
  ? string
  : B extends TypedSchema
    ? SchemaInput<B>
    : B extends Source<'topic' | 'bucket' | 'bus', infer _R, infer S>
      ? S
      : never;

/** @throws RecordRefused with the schema's issues */
export async function validated(schema: Schema, value: unknown): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  if (result.issues) throw new RecordRefused(result.issues);
  return result.value;
}

/** @throws RecordRefused if the text is not JSON */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordRefused(notJson);
  }
}

/** Schemas of some libraries also have a `kind`. */
export const isSource = (content: Content): content is Source<'topic' | 'bucket' | 'bus'> => !('~standard' in content);

/** True for the content of messages that no other source carries. */
export const isMessage = (given: unknown): given is Content => given === String || '~standard' in Object(given);

/** @throws RecordRefused */
export function decodeContent(content: Content, text: string): unknown {
  if (content === String) return text;
  const value = parsed(text);
  return isSource(content) ? carriedBy(content).decode(value) : validated(content as Schema, value);
}

/** The text of a message for a value from a test. */
export function encodeContent(content: Content, sent: unknown): string {
  if (content === String) return String(sent);
  return JSON.stringify(isSource(content) ? carriedBy(content).encode?.(sent) : sent);
}
