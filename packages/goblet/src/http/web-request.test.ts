import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { LambdaContext } from '../declare/route-types.js';
import { App, toWeb } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

test.each(['rest', 'http', 'http-1.0', 'url', 'alb-multi', 'alb-single'])(
  'the event %s is a Web request',
  async (kind) => {
    const app = new App('x');
    let web = new Request('https://nowhere');
    app.post('/users/{name}/{rest+}', (request) => {
      web = toWeb(request);
    });
    await lambdaHandler(app)(fixture(kind), { awsRequestId: 'r' } as LambdaContext);
    const { searchParams, pathname } = new URL(web.url);
    expect(web.method).toBe('POST');
    expect(decodeURIComponent(pathname)).toMatch(/\/users\/café\/a b\/c$/);
    expect(searchParams.getAll('tag')).toEqual(kind === 'alb-single' ? ['two & three'] : ['one', 'two & three']);
    expect(searchParams.get('empty')).toBe('');
    expect(web.headers.get('cookie')).toBe('a=1; b=2');
    expect(web.headers.get('content-type')).toBe('application/json');
    expect(web.headers.get('x-twice')?.replace(', ', ',')).toBe(kind === 'alb-single' ? 'second' : 'first,second');
    expect(await web.json()).toEqual({ ok: true });
  },
);

test('headers are those that came, not what their schema made of them', async () => {
  const app = new App('x');
  app.get('/', { headers: z.object({ 'x-n': z.coerce.number() }) }, (request) => ({
    n: request.headers['x-n'],
    signature: toWeb(request).headers.get('signature'),
  }));
  const { body } = await testClient(app).get('/', { headers: { 'x-n': '7', signature: 's' } });
  expect(body).toEqual({ n: 7, signature: 's' });
});

test('GET and HEAD have no body', async () => {
  const app = new App('x');
  app.get('/', (request) => ({ body: toWeb(request).body }));
  expect((await testClient(app).get('/', { body: 'x' })).body).toEqual({ body: null });
});
