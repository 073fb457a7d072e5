import { type Gateway, testClient } from 'goblet/testing';
import { describe, expect, test } from 'vitest';
import { allCases, casesFor, checkCase, type Send } from './conformance-case.js';
import { app as restApp } from './service/app.js';
import { app as httpApp } from './service/http.js';

const sendTo = (gateway: Gateway): Send => {
  const client = testClient(gateway === 'http' ? httpApp : restApp, { gateway });
  return async (method, path, lines, body) => {
    // Lines of one name are one header with commas (RFC 9110, 5.3).
    const headers = Object.fromEntries(Object.entries(lines).map(([name, value]) => [name, String(value)]));
    const {
      status,
      headers: received,
      cookies,
      bytes,
    } = await client.request(method, path, {
      headers,
      ...(body && { body }),
    });
    return { status, headers: { ...received, ...(cookies.length && { 'set-cookie': cookies.join('\n') }) }, bytes };
  };
};

test('there are at least 150 cases, each of its own name', () => {
  const cases = allCases().flatMap(([, list]) => list);
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

// A gateway's own answers are REST's, of which the client knows those of routing; everything else holds behind every front door.
describe.each<Gateway>(['rest', 'http', 'url', 'alb'])('behind %s', (gateway) => {
  const send = sendTo(gateway);
  const files = casesFor(gateway === 'http' ? 'http' : 'rest').filter(([file]) => !file.startsWith('gateway'));
  describe.each(files)('%s', (_file, cases) => {
    const here = cases.filter(
      ({ layer, notBehind }) => (layer === 'app' || gateway === 'rest') && !notBehind?.includes(gateway),
    );
    test.for(here)('$name', (one) => checkCase(one, send));
  });
});
