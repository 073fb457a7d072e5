import { expect, test } from 'vitest';
import { webSocketUrl } from './web-socket-url.js';

test.each([
  ['https://a1.execute-api.eu-west-1.amazonaws.com/api/', 'wss://a1.execute-api.eu-west-1.amazonaws.com/api'],
  ['http://127.0.0.1:4566/_api/a1/api/', 'ws://127.0.0.1:4566/_api/a1/api'],
])('clients connect to %s by its WebSocket address', (address, url) => {
  expect(webSocketUrl(address)).toBe(url);
});
