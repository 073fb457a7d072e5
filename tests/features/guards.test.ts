import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { assumeRole, signedFetch } from '../processes/signed-fetch.js';
import { Feature } from './feature.js';

let app: Feature;
let url: string;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('Throttled');
  url = app.output();
  clientConfig = app.clientConfig;
});

async function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const response = await fetch(path.startsWith('http') ? path : `${url}${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : text };
}

describe('a TOKEN authorizer of the app', () => {
  test('answers 401 without a token, and is not asked', async () => {
    expect(await get('kept')).toEqual({ status: 401, json: { message: 'Unauthorized' } });
  });

  test('lets a caller in, tells the handler who it is, and is asked once for a token while its answer is kept', async () => {
    const first = await get('kept', { authorization: 'open sesame' });
    expect(first).toMatchObject({ status: 200, json: { principalId: 'ann' } });
    expect((await get('kept', { authorization: 'open sesame' })).json).toEqual(first.json);
    const other = await get('kept', { authorization: 'me too' });
    expect(Number(other.json.asked)).toBe(Number(first.json.asked) + 1);
  });

  test('answers 403 to a caller that it does not let in', async () => {
    expect(await get('kept', { authorization: 'wrong' })).toEqual({
      status: 403,
      json: { Message: 'User is not authorized to access this resource with an explicit deny' },
    });
  });
});

describe('a REQUEST authorizer of the app', () => {
  test('allows the routes that it names and no others, by an answer that is kept for all', async () => {
    const headers = { 'x-token': 'reader' };
    expect(await get('narrow/1', headers)).toEqual({ status: 200, json: 'ben' });
    expect((await get('narrow/2', headers)).status).toBe(200);
    expect(await get('narrow/1', headers, 'POST')).toEqual({
      status: 403,
      json: { Message: 'User is not authorized to access this resource' },
    });
  });

  test('sees the request, and is asked each time where nothing is kept', async () => {
    const first = await get('fresh?who=cay');
    expect(first).toMatchObject({ status: 200, json: { principalId: 'cay', path: '/fresh' } });
    const second = await get('fresh?who=cay');
    expect(Number(second.json.asked)).toBe(Number(first.json.asked) + 1);
    expect((await get('fresh')).status).toBe(403);
  });
});

describe('a route with IAM authorization', () => {
  test('answers 403 to a call that is not signed, or signed with another secret', async () => {
    expect(await get('signed')).toEqual({ status: 403, json: { message: 'Missing Authentication Token' } });
    const wrong = { ...clientConfig.credentials, secretAccessKey: 'wrong' };
    const answer = await signedFetch(`${url}signed`, wrong);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(/^The request signature we calculated does not match/),
    });
  });

  test('tells the handler who signed', async () => {
    const answer = await signedFetch(`${url}signed`, clientConfig.credentials);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      accountId: '000000000000',
      userArn: 'arn:aws:iam::000000000000:root',
    });
  });

  test('lets a role call what its policy allows, and nothing else', async () => {
    const credentials = await assumeRole(clientConfig, app.output('CallerArn'));
    expect((await signedFetch(`${url}signed`, credentials)).status).toBe(200);
    const denied = await signedFetch(`${url}signed`, credentials, { method: 'POST' });
    expect(denied.status).toBe(403);
    expect(await denied.json()).toEqual({
      Message: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/.+\/caller is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\*{8}0000:[a-z0-9]+\/api\/POST\/signed/,
      ),
    });
  });
});

test('a route for tokens of a user pool lets nobody in where the pool cannot be asked, and says so', async () => {
  expect(await get('user')).toEqual({ status: 401, json: { message: 'Unauthorized' } });
  const answer = await get('user', { authorization: 'Bearer a.b.c' });
  expect(answer).toEqual({ status: 501, json: { message: expect.stringContaining('user pools') } });
});

describe('a route that asks for an API key', () => {
  async function keyOf(stack: string): Promise<string> {
    const client = new APIGatewayClient(clientConfig);
    const { items = [] } = await client.send(new GetApiKeysCommand({ includeValues: true, nameQuery: stack }));
    client.destroy();
    return items[0]?.value ?? '';
  }

  test('answers 403 without a key, with an unknown one and with that of another API', async () => {
    const forbidden = { status: 403, json: { message: 'Forbidden' } };
    expect(await get('key')).toEqual(forbidden);
    expect(await get('key', { 'x-api-key': 'unknown' })).toEqual(forbidden);
    expect(await get('key', { 'x-api-key': await keyOf('Limited') })).toEqual(forbidden);
  });

  test('answers 429 beyond the throttle of its usage plan', async () => {
    const headers = { 'x-api-key': await keyOf('Throttled') };
    const answers = [await get('key', headers), await get('key', headers), await get('key', headers)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.json.apiKeyId).toMatch(/^[a-z0-9]{10}$/);
    expect(answers[2]?.json).toEqual({ message: 'Too Many Requests' });
  });

  test('answers 429 beyond the quota of its usage plan', async () => {
    const key = `${app.output('EndpointURL', 'Limited')}key`;
    const headers = { 'x-api-key': await keyOf('Limited') };
    for (let i = 0; i < 3; i++) expect((await get(key, headers)).status).toBe(200);
    expect(await get(key, headers)).toEqual({ status: 429, json: { message: 'Limit Exceeded' } });
    expect((await get(key.replace(/key$/, 'open'))).status).toBe(200);
  });
});
