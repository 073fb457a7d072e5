import { request } from 'node:http';
import {
  CreateBucketCommand,
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

const Bucket = 'shop';
const HOST = 'shop.s3-website-eu-west-1.amazonaws.com';
const INDEX: WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
const WITH_ERROR: WebsiteConfiguration = { ...INDEX, ErrorDocument: { Key: 'error.html' } };

/** A bucket that everybody may read and list, unless told. */
async function siteCloud(website?: WebsiteConfiguration, actions = ['s3:GetObject', 's3:ListBucket']) {
  const cloud = await testCloud();
  const s3 = new S3Client({ ...cloud.clientConfig(), maxAttempts: 1, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: actions, Resource }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  if (actions.length > 0) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  if (website) await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }));
  return {
    ...cloud,
    put: (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/html', ...more })),
    /** A visit by AWS's name of the website. */
    visit: (path: string, { method = 'GET', host = HOST, headers = {} } = {}) =>
      new Promise<{ status: number; location: string | undefined; headers: object; body: string }>(
        (resolve, reject) => {
          const { hostname, port } = new URL(cloud.endpoint);
          request({ hostname, port, path, method, headers: { ...headers, host } }, (response) => {
            let body = '';
            response.setEncoding('utf8').on('data', (piece: string) => {
              body += piece;
            });
            response.on('end', () => {
              const { statusCode: status = 0, headers: answered } = response;
              resolve({ status, location: answered.location, headers: answered, body });
            });
          })
            .on('error', reject)
            .end();
        },
      ),
  };
}

test('a website is read by AWS’s name, by one below localhost, and by a path', async () => {
  await using cloud = await siteCloud(INDEX);
  const { ETag } = await cloud.put('index.html', 'index');
  const { status, headers, body } = await cloud.visit('/');
  expect({ status, body }).toEqual({ status: 200, body: 'index' });
  expect(headers).toMatchObject({ 'content-type': 'text/html', etag: ETag });
  for (const host of ['shop.s3-website.eu-central-1.amazonaws.com', 'shop.s3-website.localhost:4566']) {
    expect((await cloud.visit('/', { host })).body).toBe('index');
  }
  expect(await (await fetch(`${cloud.endpoint}/_website/shop/`)).text()).toBe('index');
});

test('a visitor with the current page is told so', async () => {
  await using cloud = await siteCloud(INDEX);
  const { ETag = '' } = await cloud.put('a.html', 'a');
  const visit = await cloud.visit('/a.html', { headers: { 'if-none-match': ETag } });
  expect({ status: visit.status, body: visit.body }).toEqual({ status: 304, body: '' });
});

test('a folder shows its index, and without its slash leads there', async () => {
  await using cloud = await siteCloud(INDEX);
  await cloud.put('directory/index.html', 'index');
  expect((await cloud.visit('/directory/')).body).toBe('index');
  expect(await cloud.visit('/directory')).toMatchObject({ status: 302, location: '/directory/' });
  const local = await fetch(`${cloud.endpoint}/_website/shop/directory`);
  expect(await local.text()).toBe('index');
});

test('what is missing has S3’s page, or the website’s own', async () => {
  await using cloud = await siteCloud(WITH_ERROR);
  const missing = await cloud.visit('/');
  expect(missing.status).toBe(404);
  expect(missing.body.replace(/(RequestId|HostId): [^<]+/g, '$1: x')).toBe(
    '<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n<ul>\n<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n<li>Key: index.html</li>\n<li>RequestId: x</li>\n<li>HostId: x</li>\n</ul>\n<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n<li>Key: error.html</li>\n</ul>\n<hr/>\n</body>\n</html>\n',
  );
  await cloud.put('error.html', 'error');
  expect(await cloud.visit('/something')).toMatchObject({ status: 404, body: 'error' });
});

test('a bucket that is not there, has no website, or is asked to be written says so', async () => {
  await using cloud = await siteCloud();
  const page = async (host: string, method = 'GET') => {
    const { status, body } = await cloud.visit('/', { host, method });
    return { status, said: /Code: (\w+)<[\s\S]*?<li>(\w+: \w+)<\/li>\n<li>RequestId/.exec(body)?.slice(1) };
  };
  expect(await page(HOST.replace('shop', 'none'))).toEqual({ status: 404, said: ['NoSuchBucket', 'BucketName: none'] });
  expect(await page(HOST)).toEqual({ status: 404, said: ['NoSuchWebsiteConfiguration', 'BucketName: shop'] });
  expect(await page(HOST, 'POST')).toEqual({ status: 405, said: ['MethodNotAllowed', 'ResourceType: OBJECT'] });
});

test('nobody reads what the bucket’s policy does not let everybody read', async () => {
  await using cloud = await siteCloud(INDEX, []);
  await cloud.put('index.html', 'index');
  const { status, body } = await cloud.visit('/');
  expect(status).toBe(403);
  expect(body).toContain('<li>Code: AccessDenied</li>');
});

test('who may list a bucket by its access control list learns that an object is missing', async () => {
  await using cloud = await siteCloud(INDEX, []);
  const s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  await cloud.put('private.html', 'private');
  expect((await cloud.visit('/none')).body).toContain('<li>Code: NoSuchKey</li>');
  expect((await cloud.visit('/private.html')).status).toBe(403);
});

test('an object leads elsewhere by its redirect', async () => {
  await using cloud = await siteCloud(INDEX);
  await cloud.put('old.html', '', { WebsiteRedirectLocation: '/new.html' });
  expect(await cloud.visit('/old.html')).toMatchObject({ status: 301, location: '/new.html', body: '' });
});

test('routing rules lead by the start of the key and by the error, first one first', async () => {
  await using cloud = await siteCloud({
    ...INDEX,
    RoutingRules: [
      {
        Condition: { KeyPrefixEquals: 'both/', HttpErrorCodeReturnedEquals: '404' },
        Redirect: { ReplaceKeyWith: 'both.html' },
      },
      { Condition: { KeyPrefixEquals: 'host/' }, Redirect: { HostName: 'elsewhere' } },
      { Condition: { KeyPrefixEquals: 'docs/' }, Redirect: { ReplaceKeyPrefixWith: 'documents/' } },
      { Condition: { KeyPrefixEquals: 'secret/' }, Redirect: { Protocol: 'https', HttpRedirectCode: '307' } },
      { Condition: { HttpErrorCodeReturnedEquals: '404' }, Redirect: { ReplaceKeyWith: 'lost.html' } },
    ],
  });
  await cloud.put('docs/a', 'a');
  const led = async (path: string) => {
    const { status, location } = await cloud.visit(path);
    return [status, location];
  };
  expect(await led('/both/a')).toEqual([301, `http://${HOST}/both.html`]);
  expect(await led('/host/key')).toEqual([301, 'http://elsewhere/host/key']);
  expect(await led('/docs/a')).toEqual([301, `http://${HOST}/documents/a`]);
  expect(await led('/secret/a')).toEqual([307, `https://${HOST}/secret/a`]);
  expect(await led('/none')).toEqual([301, `http://${HOST}/lost.html`]);
});

test('a website can lead every visitor elsewhere', async () => {
  await using cloud = await siteCloud({ RedirectAllRequestsTo: { HostName: 'shop.example.com' } });
  expect(await cloud.visit('/a')).toMatchObject({ status: 301, location: 'http://shop.example.com/a', body: '' });
});

test('the address of a website in a stack’s outputs is one that answers here', async () => {
  await using cloud = await testCloud();
  const outputs = await testStack(cloud, 'site').create({
    Resources: {
      Site: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'site', WebsiteConfiguration: { IndexDocument: 'a.html' } },
      },
    },
    Outputs: { Url: { Value: { 'Fn::GetAtt': ['Site', 'WebsiteURL'] } } },
  });
  expect(outputs).toEqual({ Url: `${cloud.endpoint}/_website/site` });
  expect(await (await fetch(`${cloud.endpoint}/_website/site/`)).text()).toContain('<li>Code: AccessDenied</li>');
});
