import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Trial, type TrialOptions } from './trial.js';

const KEY = { accessKeyId: 'GOBLET000000000000', secretAccessKey: 'a secret of the local cloud' };
const SIGNING_ENV = { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey };

/** A route of every kind of authorizer, as both kinds of API have them. */
const source = (api: 'rest' | 'http') => `import { App, allow, apiKey, authorizer, cognito, iam } from 'goblet';
const claims = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value: value as { sub: string } }) } } as const;
export const app = new App('guarded', {
  api: '${api}',
  auth: {
    user: cognito(claims),
    signed: iam(),
    own: authorizer(({ token }) => (token === 'sesame' ? allow('me', { context: { role: 'admin' } }) : undefined)),
    ${api === 'rest' ? 'partner: apiKey(),' : ''}
  },
});
app.get('/user', { auth: 'user' }, ({ auth }) => auth.sub);
app.get('/signed', { auth: 'signed' }, ({ auth }) => auth.userArn);
app.get('/own', { auth: 'own' }, ({ auth }) => \`\${auth.principalId} \${auth.role}\`);
${api === 'rest' ? "app.get('/partner', { auth: 'partner' }, ({ auth }) => auth.apiKeyId);" : ''}
`;

/** Headers that sign a GET, made by the SDK's own signer. */
async function signedHeaders(url: string, credentials = KEY, signingService = 'execute-api') {
  const { hostname, host, pathname, port } = new URL(url);
  using client = Object.assign(new DynamoDBClient({ region: 'eu-west-1', credentials }), {
    [Symbol.dispose]: () => client.destroy(),
  });
  const signer = await client.config.signer();
  const { headers } = await signer.sign(
    { method: 'GET', protocol: 'http:', hostname, port: Number(port), path: pathname, query: {}, headers: { host } },
    { signingService, signingRegion: 'eu-west-1' },
  );
  const { host: _, ...rest } = headers;
  return rest;
}

async function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> {
  const response = await fetch(url, { method, headers });
  return `${response.status} ${await response.text()}`;
}

describe.each(['rest', 'http'] as const)('goblet local on a guarded %s API', (api) => {
  const trial = (name: string, options: TrialOptions = {}) => new Trial(`${name}-${api}`, source(api), options);
  const unsigned = api === 'rest' ? '403 {"message":"Missing Authentication Token"}' : '403 {"message":"Forbidden"}';

  let guarded: Trial;
  let base: string;
  beforeAll(async () => {
    guarded = trial('key', { env: SIGNING_ENV });
    base = await guarded.base();
  });
  afterAll(() => guarded?.[Symbol.asyncDispose]());

  test.concurrent('lets nobody in without a credential, HEAD included', async () => {
    expect(await ask(`${base}/user`)).toMatch(/^501 .*goblet local does not verify tokens: .*--auth <authorizer>=/);
    expect(await ask(`${base}/user`, { authorization: 'Bearer a.b.c' })).toMatch(/^501 /);
    expect(await ask(`${base}/signed`)).toBe(unsigned);
    expect(await ask(`${base}/own`)).toBe('401 {"message":"Unauthorized"}');
    expect(await ask(`${base}/own`, { authorization: 'no' })).toMatch(/^403 /);
    const heads = ['/user', '/signed', '/own'].map((path) => ask(base + path, {}, 'HEAD'));
    expect(await Promise.all(heads)).toEqual(['501 ', '403 ', '401 ']);
    if (api === 'rest') {
      expect(await ask(`${base}/partner`)).toBe('403 {"message":"Forbidden"}');
      expect(await ask(`${base}/partner`, { 'x-api-key': 'guess' })).toBe('403 {"message":"Forbidden"}');
    }
  });

  test.concurrent("asks the app's own authorizer", async () => {
    expect(await ask(`${base}/own`, { authorization: 'sesame' })).toBe('200 me admin');
  });

  test.concurrent('takes a request that the key of the environment signed, and no other', async () => {
    const url = `${base}/signed`;
    expect(guarded.local.output).toContain(`signed with the key ${KEY.accessKeyId}`);
    expect(await ask(url, await signedHeaders(url))).toBe('200 arn:aws:iam::000000000000:root');
    const other = { ...KEY, accessKeyId: 'GOBLET123456789012' };
    expect(await ask(url, await signedHeaders(url, other))).toBe('200 arn:aws:iam::123456789012:root');
    expect(await ask(url, await signedHeaders(url, { ...KEY, secretAccessKey: 'another' }))).toMatch(/^403 /);
    expect(await ask(url, await signedHeaders(url, { ...KEY, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }))).toMatch(/^403 /);
    expect(await ask(url, await signedHeaders(url, KEY, 'dynamodb'))).toMatch(/^403 /);
    const signed = await signedHeaders(url);
    expect(await ask(url.replace('/signed', '/signed/'), signed)).not.toMatch(/^200/);
  });

  test.concurrent('refuses every signature where there is no key, and says so', async () => {
    await using keyless = trial('keyless');
    const url = `${await keyless.base()}/signed`;
    expect(keyless.local.output).toContain('IAM routes refuse every request: the environment has no key');
    expect(await ask(url, await signedHeaders(url))).toMatch(/^403 /);
  });

  test.concurrent('takes callers for granted that --auth names, says so in its first line, and checks all others', async () => {
    const results = ['user={"sub":"ann"}', 'signed={"userArn":"arn:aws:iam::1:user/bob"}'];
    await using assumed = trial('assumed', {
      args: ['--port', '0', ...results.flatMap((result) => ['--auth', result])],
    });
    const url = await assumed.base();
    expect(assumed.local.output.split('\n')[0]).toContain('NOT CHECKED: the callers of user, signed routes (--auth)');
    expect(await ask(`${url}/user`)).toBe('200 ann');
    expect(await ask(`${url}/user`, {}, 'HEAD')).toBe('200 ');
    expect(await ask(`${url}/signed`)).toBe('200 arn:aws:iam::1:user/bob');
    expect(await ask(`${url}/own`)).toBe('401 {"message":"Unauthorized"}');
  });

  test.concurrent('refuses an --auth that names no authorizer of the app', async () => {
    await using unknown = trial('unknown', { args: ['--port', '0', '--auth', 'usr={}'] });
    expect(await unknown.local.exited()).toBe(1);
    expect(unknown.local.output).toMatch(/GOBLET_CLI_OPTION: --auth names usr, .*declares user, signed, own/);
  });
});

test.concurrent('goblet local prints a new API key, or takes the one that is given', async () => {
  await using fresh = new Trial('key-new', source('rest'));
  const base = await fresh.base();
  const [, key = ''] = /API key for local use: (\w{40}) /.exec(fresh.local.output) ?? [];
  expect(await ask(`${base}/partner`, { 'x-api-key': key })).toBe('200 local');
  await using given = new Trial('key-given', source('rest'), { env: { GOBLET_API_KEY: 'mine' } });
  expect(await ask(`${await given.base()}/partner`, { 'x-api-key': 'mine' })).toBe('200 local');
});
