import type { BodyOf } from '../declare/route-types.js';
import type { StandardSchemaV1 } from '../declare/standard-schema.js';
import type { BodyDefinition, Schema } from '../definition.js';
import { mediaType, unsupported, utf8 } from './body.js';
import { BadRequest, ContentTooLarge } from './errors.js';
import { type Part, splitParts } from './multipart.js';

/** Refuses content of any other type; `image/*` is any image. */
function accept(header: string | undefined, types: readonly string[]): void {
  const given = mediaType(header ?? '');
  const matches = (type: string) => type === given || (type.endsWith('/*') && given.startsWith(type.slice(0, -1)));
  if (types.length && !types.some(matches)) throw unsupported(given, types.join(', '));
}

const FORM = 'application/x-www-form-urlencoded';

/** The fields of a form: the last value of each name. */
export type FormFields = Readonly<Record<string, string>>;

/**
 * A body of `application/x-www-form-urlencoded`: the last value of each field, or the schema's output.
 * @example app.post('/login', { body: form(z.object({ user: z.string() })) }, ({ body }) => body.user);
 */
export function form(): BodyOf<FormFields>;
export function form<S extends Schema>(schema: S): BodyOf<StandardSchemaV1.InferOutput<S>>;
export function form(schema?: Schema): BodyDefinition {
  return {
    kind: 'form',
    contentTypes: [FORM],
    ...(schema && { schema }),
    decode(bytes, header) {
      accept(header, [FORM]);
      const fields: Record<string, string> = Object.create(null);
      for (const [name, value] of new URLSearchParams(utf8(bytes))) fields[name] = value;
      return fields;
    },
  };
}

/**
 * The bytes of the body, for content of these types, of any where none is named.
 * @example app.put('/pictures/{id}', { body: raw('image/*') }, ({ params, body }) => store(params.id, body));
 */
export function raw(...contentTypes: readonly string[]): BodyOf<Uint8Array> {
  return {
    kind: 'raw',
    contentTypes,
    decode(bytes, header) {
      accept(header, contentTypes);
      return bytes;
    },
  };
}

/** A body of `multipart/form-data`, with its parts. */
export interface MultipartBody {
  /** In the order in which the client sent them. */
  readonly parts: readonly Part[];
  /** The last part of each name that has no file name, as text. */
  readonly fields: Readonly<Record<string, string>>;
  /** The last part of each name that has a file name. */
  readonly files: Readonly<Record<string, Part>>;
}

/** Limits of a body of `multipart/form-data`. */
export interface MultipartOptions {
  /** @default 100 */
  readonly maxParts?: number;
  /**
   * Bytes.
   * @default - only Lambda's own limit of 6 MB
   */
  readonly maxPartSize?: number;
}

const MULTIPART = 'multipart/form-data';

/**
 * A body of `multipart/form-data`, completely in memory: Lambda accepts events of 6 MB.
 * @example app.post('/pictures', { body: multipart() }, ({ body }) => body.files.picture?.bytes.length ?? 0);
 */
export function multipart({ maxParts = 100, maxPartSize = Infinity }: MultipartOptions = {}): BodyOf<MultipartBody> {
  return {
    kind: 'multipart',
    contentTypes: [MULTIPART],
    decode(bytes, header) {
      accept(header, [MULTIPART]);
      const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(header ?? '') ?? [];
      const boundary = quoted ?? bare;
      if (boundary === undefined) throw new BadRequest('The Content-Type has no boundary');
      const parts = splitParts(bytes, boundary, maxParts);
      for (const part of parts)
        if (part.bytes.length > maxPartSize)
          throw new ContentTooLarge(`The part ${JSON.stringify(part.name)} is over ${maxPartSize} bytes`);
      const fields: Record<string, string> = Object.create(null);
      const files: Record<string, Part> = Object.create(null);
      for (const part of parts) {
        if (part.filename === undefined) fields[part.name] = part.text;
        else files[part.name] = part;
      }
      return { parts, fields, files };
    },
  };
}
