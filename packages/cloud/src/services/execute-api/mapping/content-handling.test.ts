import { expect, it } from 'vitest';
import { requestPayload, responsePayload } from './content-handling.js';

const BYTES = new Uint8Array([31, 139, 8]);
const TEXT = Buffer.from('this is text');
const ENCODED = Buffer.from(Buffer.from(BYTES).toString('base64'));
const bytes = (of: Uint8Array) => ({ bytes: Buffer.from(of) });

it.each([
  ['text stays text', TEXT, false, undefined, { text: 'this is text' }],
  ['bytes that are no text are replaced in it', BYTES, false, undefined, { text: '\u001f\ufffd\b' }],
  ['text of base64 becomes bytes', ENCODED, false, 'CONVERT_TO_BINARY', bytes(BYTES)],
  ['other text does not become bytes', TEXT, false, 'CONVERT_TO_BINARY', undefined],
  ['bytes stay bytes', BYTES, true, undefined, { bytes: BYTES }],
  ['bytes become base64', BYTES, true, 'CONVERT_TO_TEXT', { text: 'H4sI' }],
] as const)('of a request, %s', (_name, body, isBinary, contentHandling, payload) => {
  expect(requestPayload(body, isBinary, contentHandling)).toEqual(payload);
});

it.each([
  ['text for who accepts text stays text', TEXT, false, false, undefined, { text: 'this is text' }],
  ['text of base64 for who accepts bytes becomes bytes', ENCODED, false, true, undefined, bytes(BYTES)],
  ['other text for who accepts bytes is none', TEXT, false, true, undefined, undefined],
  [
    'text for who accepts bytes stays text if it is asked to',
    TEXT,
    false,
    true,
    'CONVERT_TO_TEXT',
    { text: 'this is text' },
  ],
  ['bytes for who accepts text become base64', BYTES, true, false, undefined, { text: 'H4sI' }],
  [
    'bytes for who accepts text stay bytes if they are asked to',
    BYTES,
    true,
    false,
    'CONVERT_TO_BINARY',
    { bytes: BYTES },
  ],
  ['bytes for who accepts bytes stay bytes', BYTES, true, true, undefined, { bytes: BYTES }],
] as const)('of a response, %s', (_name, body, isBinary, asksForBinary, contentHandling, payload) => {
  expect(responsePayload(body, isBinary, asksForBinary, contentHandling)).toEqual(payload);
});
