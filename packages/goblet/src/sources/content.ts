import { DeclarationError } from '../declare/declaration-error.js';
import type { SchemaInput, SchemaOutput, TypedSchema } from '../declare/route-types.js';
import type { Schema } from '../definition.js';
import { described } from '../lambda/logger.js';
import { RecordRefused } from './record-refused.js';
import { carriedBy, type Source } from './source.js';

/**
 * What messages carry: JSON of a schema, text (`String`), or the events of a source that publishes to the queue or
 * topic: `topic(…)`, `bucket(…)`, `bus(…)`.
 */
export type Content = Schema | StringConstructor | Source<'topic' | 'bucket' | 'bus'>;

/** The same as far as types go. */
export type TypedContent = TypedSchema | StringConstructor | Source<'topic' | 'bucket' | 'bus'>;

/** What a handler finds of such content. */
export type ContentOf<B> = B extends StringConstructor
  ? string
  : B extends TypedSchema
    ? SchemaOutput<B>
    : B extends Source<'bucket', infer R>
      ? readonly R[]
      : B extends Source<'topic' | 'bus', infer R>
        ? R
        : never;

/** What a test sends of such content. */
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

/** @throws RecordRefused where the text is no JSON */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordRefused('not valid JSON');
  }
}

/** Schemas of some libraries have a `kind` as well. */
const isSource = (content: Content): content is Source<'topic' | 'bucket' | 'bus'> => !('~standard' in content);

/** @throws RecordRefused */
export function decodeContent(content: Content, text: string): unknown {
  if (content === String) return text;
  const value = parsed(text);
  return isSource(content) ? carriedBy(content).decode(value) : validated(content as Schema, value);
}

/** The text that carries what a test sends. */
export function encodeContent(content: Content, sent: unknown): string {
  if (content === String) return String(sent);
  return JSON.stringify(isSource(content) ? carriedBy(content).encode?.(sent) : sent);
}

const isContent = (given: unknown): boolean =>
  given === String || (Object(given) === given && ('~standard' in Object(given) || 'kind' in Object(given)));

/** @throws DeclarationError for what is no content, as a declaration in JavaScript may have it */
function checkContent(name: string, content: unknown): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  if (!isContent(content))
    throw new DeclarationError(
      'GOBLET_SOURCE_OPTION',
      `the ${name} is ${described(content)}; it is a schema, String, or the topic(…), bucket(…) or bus(…) that sends it`,
    );
}

/**
 * What the inventory says of a content, under this name: its schema, and which source's events wrap it.
 * @throws DeclarationError for what is no content, as a declaration in JavaScript may have it
 */
export function contentOptions(name: string, content: Content): object {
  checkContent(name, content);
  if (content === String) return { text: true };
  if (!isSource(content)) return { [name]: content };
  const { kind, options } = content;
  return { carries: kind, [name]: options.message ?? options.detail };
}
