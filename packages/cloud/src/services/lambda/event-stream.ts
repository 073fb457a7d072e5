import { crc32 } from 'node:zlib';

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
export function encodeEvent(eventType: string, contentType: string, payload: Uint8Array): Buffer {
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
