import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { executeApi } from '../execute-api.js';
import { functions, headerOf, request, textOf } from '../fixtures/served.js';
import { httpApiModel } from './http-api-model.js';

async function endpoint() {
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { method, url, headers } = incoming;
    if (url === '/silent') return;
    outgoing.writeHead(202, { 'x-own': '1' }).end(JSON.stringify({ method, url, body, given: headers['x-given'] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function served(routeKey: string, uri: string, timeoutInMillis = 30_000) {
  const route = { routeKey, uri, timeoutInMillis, type: 'HTTP_PROXY', httpMethod: 'ANY' } as const;
  return executeApi({
    model: httpApiModel({ name: 'http', routes: [route] }),
    stage: '$default',
    apiId: 'abcdefghij',
    account: '123456789012',
    region: 'eu-west-1',
    invoker: functions({}),
  });
}

it('passes a request on with the variables of its path in the address', async () => {
  await using server = await endpoint();
  const api = served('ANY /files/{path+}', `${server.url}/{path}`);
  const response = await api(request('POST', '/files/a/b?c=1', { 'x-given': 'yes' }, 'text'));
  expect([response.status, headerOf(response, 'x-own')]).toEqual([202, '1']);
  expect(JSON.parse(textOf(response))).toEqual({ method: 'POST', url: '/a/b?c=1', body: 'text', given: 'yes' });
});

it('answers for an endpoint that is silent or not there', async () => {
  await using server = await endpoint();
  const late = await served('GET /a', `${server.url}/silent`, 50)(request('GET', '/a'));
  expect([late.status, textOf(late)]).toEqual([503, '{"message":"Service Unavailable"}']);
  const gone = await served('GET /a', 'http://127.0.0.1:9')(request('GET', '/a'));
  expect([gone.status, textOf(gone)]).toEqual([500, '{"message":"Internal Server Error"}']);
});
