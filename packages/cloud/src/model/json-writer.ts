import type { Member, Scalar, ServiceModel } from './service-model.js';
import { createWriters, same, type WriteValue } from './value-writer.js';

function scalarWriter(kind: Scalar): WriteValue {
  switch (kind) {
    case 'blob':
    case 'stream':
      return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
    case 'timestamp':
    case 'epoch-seconds':
      return (value) => (value instanceof Date ? value.getTime() / 1000 : value);
    case 'date-time':
      return (value) => (value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : value);
    case 'http-date':
      return (value) => (value instanceof Date ? value.toUTCString() : value);
    default:
      return same;
  }
}

/**
 * Writers of one service's shapes as JSON: bytes become base64, timestamps epoch seconds or the text that the model
 * says.
 */
export function createJsonWriters(model: ServiceModel): (member: Member) => WriteValue {
  return createWriters(model, { nameOf: (member, { jsonName }) => jsonName ?? member, scalar: scalarWriter });
}
