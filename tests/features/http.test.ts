import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TokenIssuer } from '../../packages/cloud/src/services/execute-api/fixtures/token-issuer.js';
import { DeployedApp } from '../processes/deployed-app.js';
import { getAs } from '../processes/host-request.js';
import { assumeRole, signedFetch } from '../processes/signed-fetch.js';

let issuer: TokenIssuer;
let app: DeployedApp;
let url: string;
let named: string;
let clientConfig: Awaited<ReturnType<DeployedApp['clientConfig']>>;

beforeAll(async () => {
  issuer = await TokenIssuer.start();
  app = await DeployedApp.deploy('tests/features/http/infra.ts', { ISSUER: issuer.url });
  url = app.output('Default');
  named = app.output('Named');
  clientConfig = await app.clientConfig();
});
afterAll(async () => {
  issuer?.[Symbol.dispose]();
  await app?.[Symbol.asyncDispose]();
});

async function get(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const response = await fetch(address, { method, headers });
  const text = await response.text();
  return {
    status: response.status,
    json: text.startsWith('{') ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

const unauthorized = { status: 401, json: { message: 'Unauthorized' } };
const forbidden = { status: 403, json: { message: 'Forbidden' } };

describe('a stage of an HTTP API', () => {
  test('is served without its name where it is the default one', async () => {
    expect(new URL(url).pathname).toMatch(/^\/_api\/[a-z0-9]+\/$/);
    expect((await get(`${url}greeting/ann`)).json).toEqual({ greeting: 'hello ann', variables: null });
  });

  test('with a name hands its variables to the function, and answers 429 beyond its throttle', async () => {
    expect(new URL(named).pathname).toMatch(/\/v2\/$/);
    const answers = [
      await get(`${named}greeting/ben`),
      await get(`${named}greeting/ben`),
      await get(`${named}greeting/ben`),
    ];
    expect(answers[0]?.json).toEqual({ greeting: 'hi ben', variables: { color: 'blue' } });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.json).toEqual({ message: 'Too Many Requests' });
  });

  test('answers preflights itself, and adds CORS headers to what the function and it itself answer', async () => {
    const origin = 'https://admin.example';
    const preflight = await get(`${url}me`, { origin, 'access-control-request-method': 'GET' }, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-max-age')).toBe('60');
    for (const path of ['greeting/ann', 'me', 'nowhere']) {
      expect((await get(`${url}${path}`, { origin })).headers.get('access-control-allow-origin')).toBe(origin);
      const other = await get(`${url}${path}`, { origin: 'https://evil.example' });
      expect(other.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

test('a custom domain leads to the stage by its host, below the path that is mapped', async () => {
  expect(await getAs('api.shop.example', `${app.endpoint}/shop/v1/greeting/ann`)).toEqual({
    status: 200,
    body: JSON.stringify({ greeting: 'hello ann', variables: null }),
  });
  expect(await getAs('api.shop.example', `${app.endpoint}/shop/greeting/ann`)).toMatchObject({ status: 403 });
});

describe('a route with a JWT authorizer', () => {
  test('hands the claims of a good token to the handler', async () => {
    const authorization = `Bearer ${await issuer.token({ sub: 'john', aud: 'web', level: 7 })}`;
    expect(await get(`${url}me`, { authorization })).toMatchObject({ status: 200, json: { sub: 'john', level: '7' } });
  });

  test('answers 401 without a token and with a bad one, and says why', async () => {
    const without = await get(`${url}me`);
    expect(without).toMatchObject(unauthorized);
    expect(without.headers.get('www-authenticate')).toBe('Bearer');
    const other = await get(`${url}me`, { authorization: await issuer.token({ sub: 'john', aud: 'other' }) });
    expect(other).toMatchObject(unauthorized);
    expect(other.headers.get('www-authenticate')).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
    );
    using stranger = await TokenIssuer.start();
    const forged = await stranger.token({ iss: issuer.url, sub: 'john', aud: 'web' });
    expect(await get(`${url}me`, { authorization: forged })).toMatchObject(unauthorized);
  });

  test('asks for one of its scopes: 403', async () => {
    const token = async (scope: string) => ({
      authorization: `Bearer ${await issuer.token({ sub: 'john', aud: 'web', scope })}`,
    });
    expect(await get(`${url}orders`, await token('profile orders:read'))).toMatchObject({ status: 200, json: 'john' });
    expect(await get(`${url}orders`, await token('profile'))).toMatchObject(forbidden);
  });

  test('does not ask AWS for the keys of a user pool, and lets nobody in', async () => {
    const authorization = await issuer.token({ sub: 'john', aud: 'web' });
    const answer = await get(`${named}me`, { authorization });
    expect(answer.status).toBe(501);
    expect(answer.json.message).toContain('cognito-idp.us-east-1.amazonaws.com');
  });
});

test('a route with IAM authorization lets in who signs and may invoke, and tells the handler who it is', async () => {
  expect(await get(`${url}signed`)).toMatchObject(forbidden);
  const stranger = await assumeRole(clientConfig, app.output('Default', 'StrangerArn'));
  const refused = await signedFetch(`${url}signed`, stranger);
  expect([refused.status, await refused.json()]).toEqual([403, forbidden.json]);
  const answer = await signedFetch(`${url}signed`, clientConfig.credentials);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ accountId: '000000000000', userArn: 'arn:aws:iam::000000000000:root' });
});

test("a route with the app's own authorizer lets in whom it allows, with what it says of them", async () => {
  expect(await get(`${url}own`)).toMatchObject(unauthorized);
  expect(await get(`${url}own`, { 'x-token': 'wrong' })).toMatchObject(forbidden);
  expect(await get(`${url}own`, { 'x-token': 'secret' })).toMatchObject({
    status: 200,
    json: { principalId: 'ann', role: 'admin' },
  });
});

test('access logs have one line for each request, of the function and of the gateway alike', async () => {
  const requests = [await get(`${url}greeting/cay`), await get(`${url}nowhere`)];
  const logs = new CloudWatchLogsClient(clientConfig);
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: 'Default-ServiceAccessLogs' }),
  );
  const { logGroupName } = logGroups[0] ?? {};
  for (const { status, headers } of requests) {
    const requestId = headers.get('apigw-requestid');
    const line = async () => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return events.map(({ message = '' }) => JSON.parse(message)).find((one) => one.requestId === requestId);
    };
    await expect.poll(line, { timeout: 20_000 }).toMatchObject({
      ip: '127.0.0.1',
      httpMethod: 'GET',
      status: String(status),
      responseLength: headers.get('content-length'),
    });
  }
  logs.destroy();
});
