import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { APIGatewayClient, CreateDeploymentCommand, ImportRestApiCommand } from '@aws-sdk/client-api-gateway';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { presignedUrl } from '../processes/presigned-url.ts';
import { CHROMIUM, openPage, textOf } from './chromium.ts';
import { type CloudProcess, startCloudProcess } from './cloud-with-client.ts';

type Outcome = { readonly read: string } | { readonly refused: string };

const SCRIPT = readFileSync(join(import.meta.dirname, 'attacks.page.js'), 'utf8');

/** An API that says to every page that it may read it. */
const OPEN_API = {
  openapi: '3.0.1',
  info: { title: 'open', version: '1' },
  paths: {
    '/open': {
      get: {
        responses: { 200: { headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } },
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode":200}' },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
              responseTemplates: { 'application/json': '"open to all"' },
            },
          },
        },
      },
    },
  },
};

async function deployOpenApi({ client, endpoint }: CloudProcess): Promise<string> {
  const api = new APIGatewayClient(client);
  const body = Buffer.from(JSON.stringify(OPEN_API));
  const { id: restApiId } = await api.send(new ImportRestApiCommand({ body }));
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  return `${endpoint}/_api/${restApiId}/dev/open`;
}

/** The attacker's server: gives out the page, and takes its report. */
async function attacker(targets: object) {
  let report: (results: Record<string, Outcome>) => void = () => {};
  const reported = new Promise<Record<string, Outcome>>((resolve) => {
    report = resolve;
  });
  const server = createServer((request, response) => {
    if (request.url === '/attacks.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(SCRIPT);
      return;
    }
    if (request.url !== '/report') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<body><script type="application/json" id="targets">${JSON.stringify(targets)}</script><script type="module" src="/attacks.js"></script>`,
      );
      return;
    }
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      response.end();
      report(JSON.parse(text) as Record<string, Outcome>);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, reported };
}

async function account(cloud: CloudProcess) {
  const ssm = new SSMClient(cloud.client);
  const s3 = new S3Client({ ...cloud.client, forcePathStyle: true });
  const sqs = new SQSClient(cloud.client);
  await ssm.send(new PutParameterCommand({ Name: '/alive', Value: 'mine', Type: 'String' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'mine' }));
  return async () => ({
    parameter: (await ssm.send(new GetParameterCommand({ Name: '/alive' }))).Parameter?.Value,
    object: await (await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }))).Body?.transformToString(),
    queues: (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [],
  });
}

/** What a page may see: nothing of an answer, or the cloud's word that it does not answer pages. */
const nothing = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && ('refused' in outcome || outcome.read === '' || outcome.read === 'loaded');

// Where there is no browser these are reported as skipped: `apt install chromium`, or any Chrome in PATH.
describe.skipIf(CHROMIUM === undefined)('a page in Chromium', () => {
  test.each([
    ['evil.example', 'cross-site'],
    ['localhost', 'cross-site by name'],
    ['127.0.0.1', 'same-site'],
  ])('of %s (%s) reads and changes nothing of an account', async (host) => {
    const cloud = await startCloudProcess();
    const state = await account(cloud);
    const targets = {
      cloud: cloud.endpoint,
      presignedGet: presignedUrl('GET', '/bucket/key', cloud.client),
      presignedPut: presignedUrl('PUT', '/bucket/key', cloud.client),
      api: await deployOpenApi(cloud),
    };
    const { port, reported } = await attacker(targets);
    const page = await openPage(`http://${host}:${port}/`, ['evil.example'], '--remote-debugging-port=0');
    const results = await Promise.race([
      reported,
      page.exited().then(() => Promise.reject(new Error(`Chromium ended: ${page.output}`))),
    ]);
    const { 'reads an API that lets every page read it': open, ...attacks } = results;
    expect(open).toEqual({ read: '"open to all"' });
    expect(Object.keys(attacks)).toHaveLength(23);
    for (const [attack, outcome] of Object.entries(attacks)) {
      expect({ attack, outcome, nothing: nothing(outcome) }).toMatchObject({ nothing: true });
      if ('read' in outcome) expect(outcome.read).not.toContain('goblet');
    }
    expect(await state()).toEqual({ parameter: 'mine', object: 'mine', queues: [] });
  });

  test.each(['rebound.example', 'evil.s3-website-eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'])(
    'that has %s lead to this machine reads nothing of the cloud',
    async (host) => {
      const cloud = await startCloudProcess();
      const { port } = new URL(cloud.endpoint);
      const text = await textOf(`http://${host}:${port}/_goblet/health`, host);
      // As AWS answers somebody without credentials; no bucket is of that name.
      expect(text).toMatch(/AccessDenied|MissingAuthenticationToken|NoSuchBucket/);
      expect(text).not.toMatch(/"goblet"|"services"/);
    },
  );
});
