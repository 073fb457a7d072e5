import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { beforeAll, expect, test } from 'vitest';
import { Sha256 } from '../processes/sha256.js';
import { Feature } from './feature.js';

let app: Feature;

beforeAll(async () => {
  app = await Feature.deployed('Urls');
});

const output = (name: string): string => app.output(name);

test('everybody calls a function at its address, which the stack tells as the local one', async () => {
  const url = output('OpenUrl');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_url\/[a-z0-9]{32}\/$/);
  const answer = await fetch(`${url}users/ann%20b`, { method: 'POST', body: 'text' });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, ['seen=1']]);
  expect(await answer.json()).toEqual({ rawPath: '/users/ann%20b', body: 'text', accountId: 'anonymous' });
});

test('its cross-origin settings let pages of their origins read it', async () => {
  const headers = { origin: 'https://shop.example' };
  const answer = await fetch(output('OpenUrl'), { headers });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  const preflight = await fetch(output('OpenUrl'), {
    method: 'OPTIONS',
    headers: { ...headers, 'access-control-request-method': 'GET' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([200, 'GET']);
});

test('a response is streamed with its status and headers', async () => {
  const answer = await fetch(output('StreamUrl'));
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain',
    'one two',
  ]);
});

test('a guarded function is called by the role that may, and by no other', async () => {
  const url = output('GuardedUrl');
  expect((await fetch(url)).status).toBe(403);
  const friend = await signed(url, output('FriendArn'));
  expect([friend.status, await friend.text()]).toEqual([
    200,
    expect.stringMatching(/^arn:aws:sts::\d{12}:assumed-role\/Urls-Friend\w+-\w+\/test$/),
  ]);
  expect((await signed(url, output('StrangerArn'))).status).toBe(403);
});

test('a function calls another by the address in its environment', async () => {
  const lambda = new LambdaClient(app.clientConfig);
  const { Payload } = await lambda
    .send(new InvokeCommand({ FunctionName: output('CallerName') }))
    .finally(() => lambda.destroy());
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ rawPath: '/', accountId: 'anonymous' });
});

/** GETs an address as a role. */
async function signed(url: string, RoleArn: string): Promise<Response> {
  const config = app.clientConfig;
  const sts = new STSClient(config);
  const { Credentials } = await sts
    .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }))
    .finally(() => sts.destroy());
  const signer = new SignatureV4({
    service: 'lambda',
    region: config.region,
    sha256: Sha256,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  const { host, hostname, pathname } = new URL(url);
  const request = { method: 'GET', protocol: 'http:', hostname, path: pathname, headers: { host } };
  const { headers } = await signer.sign(request);
  return fetch(url, { headers });
}
