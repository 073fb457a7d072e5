import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import type { AwsRequest } from './aws-request.js';
import { document, functions, headerOf, request, served, textOf } from './fixtures/served.js';
import type { ExecuteApiOptions } from './stage.js';

const ACTION = 'arn:aws:apigateway:eu-west-1:sqs:action/SendMessage';

/** `POST /users/{id}` with this integration and these response headers. */
function gateway(
  integration: object,
  more: Partial<ExecuteApiOptions> = {},
  headers: readonly string[] = [],
  root = {},
) {
  const operation = {
    responses: { 200: { headers: Object.fromEntries(headers.map((name) => [name, {}])) }, 400: {} },
    'x-amazon-apigateway-integration': {
      httpMethod: 'POST',
      responses: { default: { statusCode: 200 } },
      ...integration,
    },
  };
  const paths = { '/users/{id}': { post: operation, get: operation } };
  return served(document(paths, root), functions({}), more);
}

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function endpoint(
  answer: { status?: number; headers?: Record<string, string>; body?: string; silent?: boolean } = {},
) {
  const sent: Sent[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    sent.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body });
    if (!answer.silent) outgoing.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a mock integration', () => {
  const mock = (template: string, response: object = {}, headers: readonly string[] = []) =>
    gateway(
      { type: 'mock', requestTemplates: { 'application/json': template }, responses: { default: response } },
      {},
      headers,
    );

  it('answers by mapping templates of request and response', async () => {
    const api = mock("#if($input.params('id') == '7'){\"statusCode\": 200}#end", {
      statusCode: 200,
      responseTemplates: { 'application/json': '{"user": "$input.params(\'id\')", "at": "$context.resourcePath"}' },
    });
    const response = await api(request('GET', '/users/7'));
    expect([response.status, textOf(response)]).toEqual([200, '{"user": "7", "at": "/users/{id}"}']);
    expect((await api(request('GET', '/users/8'))).status).toBe(500);
  });

  it('hands on to the response what the request template has written to $context', async () => {
    const api = mock(
      '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar"){"statusCode": 200}',
      { statusCode: 200 },
    );
    const response = await api(request('GET', '/users/7'));
    expect([response.status, headerOf(response, 'foo')]).toEqual([444, 'bar']);
  });

  it('says a template that cannot be parsed in the log alone', async () => {
    const said: string[] = [];
    const integration = { type: 'mock', requestTemplates: { 'application/json': '#if($a' } };
    const response = await gateway(integration, { log: (line) => said.push(line) })(request('GET', '/users/7'));
    expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
    expect(said[0]).toContain('the mapping template failed: line 1');
  });
});

describe('an HTTP integration', () => {
  it('sends what is mapped and nothing else', async () => {
    await using server = await endpoint();
    const api = gateway(
      {
        type: 'http',
        uri: `${server.url}/{name}/all`,
        requestParameters: {
          'integration.request.path.name': 'method.request.path.id',
          'integration.request.querystring.tag': 'method.request.multivaluequerystring.tag',
          'integration.request.header.x-stage': 'context.stage',
          'integration.request.header.x-name': 'method.request.body.name',
          'integration.request.header.x-variable': 'stageVariables.color',
          'integration.request.header.x-static': "'fixed'",
        },
        requestTemplates: { 'application/json': '{"hello": $input.json(\'$.name\')}' },
      },
      { stageVariables: { color: 'red' } },
    );
    const headers = { 'content-type': 'application/json', cookie: 'secret=1' };
    await api(request('POST', '/users/ann?tag=a&tag=b&other=c', headers, '{"name": "Ann"}'));
    const [sent] = server.sent;
    expect([sent?.method, sent?.url, sent?.body]).toEqual(['POST', '/ann/all?tag=a&tag=b', '{"hello": "Ann"}']);
    expect(sent?.headers).toMatchObject({
      'x-stage': 'v1',
      'x-name': 'Ann',
      'x-variable': 'red',
      'x-static': 'fixed',
      'content-type': 'application/json',
      'user-agent': 'AmazonAPIGateway_abcdefghij',
      'x-amzn-apigateway-api-id': 'abcdefghij',
    });
    expect(sent?.headers.cookie).toBeUndefined();
  });

  it('selects the integration response by the status, and maps headers and body', async () => {
    await using server = await endpoint({
      status: 404,
      headers: { 'x-reason': 'none', 'content-type': 'application/json' },
      body: '{"error": {"code": 7}}',
    });
    const api = gateway(
      {
        type: 'http',
        uri: server.url,
        responses: {
          default: { statusCode: 200 },
          '4\\d{2}': {
            statusCode: 200,
            responseParameters: {
              'method.response.header.X-Why': 'integration.response.header.x-reason',
              'method.response.header.X-Code': 'integration.response.body.error.code',
            },
            responseTemplates: { 'application/json': '{"code": $input.path("$.error.code")}' },
          },
        },
      },
      {},
      ['X-Why', 'X-Code'],
    );
    const response = await api(request('GET', '/users/7'));
    expect([response.status, textOf(response)]).toEqual([200, '{"code": 7}']);
    expect([headerOf(response, 'x-why'), headerOf(response, 'x-code')]).toEqual(['none', '7']);
  });

  it('passes all on by HTTP_PROXY, and answers what the endpoint answers, redirects too', async () => {
    await using server = await endpoint({
      status: 302,
      headers: { location: '/elsewhere', 'x-own': '1' },
      body: 'moved',
    });
    const api = gateway({
      type: 'http_proxy',
      httpMethod: 'ANY',
      uri: `${server.url}/{id}`,
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    });
    const response = await api(
      request('POST', '/users/ann?a=1', { 'x-given': 'yes', 'content-type': 'text/plain' }, 'body'),
    );
    expect(server.sent[0]).toMatchObject({ method: 'POST', url: '/ann?a=1', body: 'body' });
    expect(server.sent[0]?.headers['x-given']).toBe('yes');
    expect([response.status, headerOf(response, 'location'), headerOf(response, 'x-own')]).toEqual([
      302,
      '/elsewhere',
      '1',
    ]);
    expect(textOf(response)).toBe('moved');
    expect(server.sent).toHaveLength(1);
  });

  it('refuses media types without a template where it must', async () => {
    const api = gateway({
      type: 'http',
      uri: 'http://127.0.0.1:9',
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': '{}' },
    });
    const response = await api(request('POST', '/users/7', { 'content-type': 'text/plain' }, 'x'));
    expect([response.status, textOf(response)]).toEqual([415, '{"message":"Unsupported Media Type"}']);
  });

  it('answers 504 where the endpoint is silent or not there', async () => {
    await using server = await endpoint({ silent: true });
    const late = await gateway({ type: 'http', uri: server.url, timeoutInMillis: 50 })(request('GET', '/users/7'));
    expect([late.status, textOf(late)]).toEqual([504, '{"message": "Endpoint request timed out"}']);
    const gone = await gateway({ type: 'http', uri: 'http://127.0.0.1:9' })(request('GET', '/users/7'));
    expect([gone.status, textOf(gone)]).toEqual([504, '{"message": "Network error communicating with endpoint"}']);
  });

  it.each(['http://169.254.169.254/latest/meta-data', 'http://[fd00:ec2::254]/', 'http://[::ffff:169.254.169.254]/'])(
    'does not ask %s',
    async (uri) => {
      const said: string[] = [];
      const response = await gateway(
        { type: 'http', uri },
        { log: (line) => said.push(line) },
      )(request('GET', '/users/7'));
      expect(response.status).toBe(504);
      expect(said[0]).toContain('is an address of instance metadata');
    },
  );
});

describe('an AWS integration', () => {
  const calling = (answer: () => { status?: number; headers?: [string, string][]; body: string }) => {
    const asked: AwsRequest[] = [];
    return {
      asked,
      callAws: async (call: AwsRequest) => {
        asked.push(call);
        return { status: 200, headers: [], ...answer() };
      },
    };
  };

  it('calls the service with the mapped request, for the method and under its role', async () => {
    const { asked, callAws } = calling(() => ({ body: '{"MessageId": "m1"}' }));
    const role = 'arn:aws:iam::123456789012:role/${stageVariables.role}';
    const api = gateway(
      {
        type: 'aws',
        uri: ACTION,
        credentials: role,
        requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
        requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
        responses: {
          default: {
            statusCode: 200,
            responseTemplates: { 'application/json': '{"id": "$input.path(\'$.MessageId\')"}' },
          },
        },
      },
      { callAws, stageVariables: { role: 'sender' } },
    );
    const response = await api(request('POST', '/users/7', { 'content-type': 'application/json' }, '{"a": 1}'));
    expect(textOf(response)).toBe('{"id": "m1"}');
    expect(asked[0]).toMatchObject({
      uri: ACTION,
      method: 'POST',
      credentials: 'arn:aws:iam::123456789012:role/sender',
      sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/v1/POST/users/*',
    });
    expect(Buffer.from(asked[0]?.body ?? []).toString()).toBe('Action=SendMessage&MessageBody=%7B%22a%22%3A+1%7D');
    expect(new Map(asked[0]?.headers).get('content-type')).toBe('application/x-www-form-urlencoded');
  });

  it('fills placeholders of its URI in, and takes the method of the request for any', async () => {
    const { asked, callAws } = calling(() => ({ body: '' }));
    const api = gateway(
      {
        type: 'aws',
        httpMethod: 'ANY',
        uri: 'arn:aws:apigateway:eu-west-1:s3:path/${stageVariables.bucket}/{key}',
        requestParameters: { 'integration.request.path.key': 'method.request.path.id' },
      },
      { callAws, stageVariables: { bucket: 'files' } },
    );
    await api(request('GET', '/users/a%20b'));
    expect(asked[0]).toMatchObject({ method: 'GET', uri: 'arn:aws:apigateway:eu-west-1:s3:path/files/a b' });
  });

  it("selects by the message of a function's error", async () => {
    const { callAws } = calling(() => ({
      headers: [['x-amz-function-error', 'Unhandled']],
      body: '{"errorMessage": "[BadRequest] no name"}',
    }));
    const uri =
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:a/invocations';
    const responses = {
      default: { statusCode: 200 },
      '\\[BadRequest\\].*': {
        statusCode: 400,
        responseTemplates: { 'application/json': '{"message": $input.json("$.errorMessage")}' },
      },
    };
    const response = await gateway({ type: 'aws', uri, responses }, { callAws })(request('POST', '/users/7'));
    expect([response.status, textOf(response)]).toEqual([400, '{"message": "[BadRequest] no name"}']);
  });

  it('says that it is served by the local cloud alone', async () => {
    const response = await gateway({ type: 'aws', uri: ACTION })(request('POST', '/users/7'));
    expect(response.status).toBe(501);
    expect(textOf(response)).toContain('integrations of type AWS are served by the local cloud alone');
  });

  it('names a service that is only recorded', async () => {
    const callAws = async () => {
      throw new AwsError('UnsupportedService', 'AWS::StepFunctions is only recorded in the local cloud', 400);
    };
    const response = await gateway({ type: 'aws', uri: ACTION }, { callAws })(request('POST', '/users/7'));
    expect([response.status, textOf(response)]).toEqual([
      501,
      '{"message": "AWS::StepFunctions is only recorded in the local cloud"}',
    ]);
  });

  it('converts between bytes and text as it is asked to', async () => {
    const { asked, callAws } = calling(() => ({ headers: [['content-type', 'image/png']], body: 'bytes' }));
    const binary = { 'x-amazon-apigateway-binary-media-types': ['image/png'] };
    const api = gateway(
      {
        type: 'aws',
        uri: ACTION,
        contentHandling: 'CONVERT_TO_TEXT',
        requestTemplates: { 'image/png': '{"data": "$input.body"}' },
        responses: { default: { statusCode: 200, contentHandling: 'CONVERT_TO_TEXT' } },
      },
      { callAws },
      [],
      binary,
    );
    const response = await api(request('POST', '/users/7', { 'content-type': 'image/png' }, new Uint8Array([255, 0])));
    expect(Buffer.from(asked[0]?.body ?? []).toString()).toBe('{"data": "/wA="}');
    expect(textOf(response)).toBe(Buffer.from('bytes').toString('base64'));
  });
});
