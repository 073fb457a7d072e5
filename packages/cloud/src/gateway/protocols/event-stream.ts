import { crc32 } from 'node:zlib';
import {
  type Member,
  type ServiceModel,
  type ShapeReference,
  shapeOf,
  structureOf,
  targetOf,
  traitsOf,
} from '../../model/service-model.js';

const STRING = 7;

function headerBytes(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const header = Buffer.alloc(1 + name.length + 1 + 2 + Buffer.byteLength(value));
      header.writeUInt8(name.length, 0);
      header.write(name, 1, 'latin1');
      header.writeUInt8(STRING, 1 + name.length);
      header.writeUInt16BE(Buffer.byteLength(value), 2 + name.length);
      header.write(value, 4 + name.length);
      return header;
    }),
  );
}

/** One event of `application/vnd.amazon.eventstream` (Smithy, "Amazon Event Stream Specification"). */
function encodeEvent(eventType: string, contentType: string, payload: Uint8Array): Buffer {
  const headers = headerBytes({ ':message-type': 'event', ':event-type': eventType, ':content-type': contentType });
  const message = Buffer.alloc(12 + headers.length + payload.length + 4);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, 12);
  message.set(payload, 12 + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, message.length - 4)), message.length - 4);
  return message;
}

/** True if a member is a stream of events. */
export function isEventStream(model: ServiceModel, member: Member): boolean {
  return traitsOf(member).streaming === 1 && shapeOf(model, member)?.kind === 'union';
}

/** How the events of a stream are written. */
export interface EventFormat {
  /** Of events that are structures: `application/json` */
  readonly contentType: string;
  readonly write: (member: Member, value: unknown) => Uint8Array;
}

/** Events as JSON. @param writerOf writes what has a shape as JSON */
export function jsonEvents(
  contentType: string,
  writerOf: (member: Member) => (value: unknown) => unknown,
): EventFormat {
  return { contentType, write: (member, value) => Buffer.from(JSON.stringify(writerOf(member)(value) ?? {})) };
}

/**
 * Frames the events of a stream, each of which is its union's one member: `{ PayloadChunk: { Payload } }`.
 *
 * @param stream the member of the output that is the stream
 */
export async function* writeEventStream(
  events: AsyncIterable<unknown>,
  model: ServiceModel,
  stream: Member,
  { contentType, write }: EventFormat,
): AsyncGenerator<Uint8Array> {
  const union = shapeOf(model, stream);
  const members = union?.kind === 'union' ? union.members : {};
  for await (const event of events) {
    const [[type, content] = []] = Object.entries(Object(event));
    const member = type === undefined ? undefined : members[type];
    if (type === undefined || member === undefined) throw new Error(`a stream of events has no event ${type}`);
    const shape = shapeOf(model, member);
    const fields = shape?.kind === 'structure' ? Object.entries(shape.members) : [];
    const payload = fields.find(([, field]) => traitsOf(field).eventPayload === 1);
    const value: unknown = payload && Object(content)[payload[0]];
    if (payload && targetOf(payload[1]) === 'blob') {
      const bytes = value instanceof Uint8Array ? value : new Uint8Array();
      yield encodeEvent(type, 'application/octet-stream', bytes);
    } else {
      yield encodeEvent(type, contentType, payload ? write(payload[1], value) : write(member, content));
    }
  }
}

/**
 * The body of an answer that is a stream of events, of a protocol that has no HTTP bindings: the other members of the
 * output come first, as an event of their own. Undefined where the output has no such stream.
 */
export function rpcEventStream(
  model: ServiceModel,
  output: ShapeReference,
  answered: Readonly<Record<string, unknown>>,
  format: EventFormat,
): AsyncIterable<Uint8Array> | undefined {
  const members = Object.entries(structureOf(model, output)?.members ?? {});
  const [name, stream] = members.find(([, member]) => isEventStream(model, member)) ?? [];
  if (name === undefined || stream === undefined) return undefined;
  const { [name]: events, ...rest } = answered;
  const shape = output;
  return (async function* () {
    yield encodeEvent('initial-response', format.contentType, format.write(shape, rest));
    yield* writeEventStream(events as AsyncIterable<unknown>, model, stream, format);
  })();
}

/** The media type of streams of events. */
export const EVENT_STREAM = 'application/vnd.amazon.eventstream';
