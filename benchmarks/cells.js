// The measured events, each with its expected answer; a wrong answer stops the measurement.

const event = (method, resource, path, pathParameters, body) => ({
  resource,
  path,
  httpMethod: method,
  headers: {
    Accept: '*/*',
    'Content-Type': 'application/json',
    Host: 'id.execute-api.eu-west-1.amazonaws.com',
    'User-Agent': 'benchmark',
    'X-Forwarded-For': '192.0.2.1',
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  },
  multiValueHeaders: {
    Accept: ['*/*'],
    'Content-Type': ['application/json'],
    Host: ['id.execute-api.eu-west-1.amazonaws.com'],
    'User-Agent': ['benchmark'],
    'X-Forwarded-For': ['192.0.2.1'],
    'X-Forwarded-Port': ['443'],
    'X-Forwarded-Proto': ['https'],
  },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters,
  stageVariables: null,
  requestContext: {
    accountId: '123456789012',
    apiId: 'id',
    httpMethod: method,
    identity: { sourceIp: '192.0.2.1', userAgent: 'benchmark' },
    path: `/v1${path}`,
    protocol: 'HTTP/1.1',
    requestId: 'id',
    requestTime: '04/Mar/2020:19:15:17 +0000',
    requestTimeEpoch: 1583349317135,
    resourcePath: resource,
    stage: 'v1',
  },
  body,
  isBase64Encoded: false,
});

const user = JSON.stringify({ username: 'ann', email: 'ann@example.com' });

export const cells = {
  get: {
    event: () => event('GET', '/users/{username}', '/users/ann', { username: 'ann' }, null),
    answer: { username: 'ann' },
  },
  post: { event: () => event('POST', '/users', '/users', null, user), answer: { username: 'ann' } },
  typed: { event: () => event('POST', '/typed', '/typed', null, user), answer: { username: 'ann' } },
};

export const context = {
  awsRequestId: 'id',
  functionName: 'benchmark',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:benchmark',
  memoryLimitInMB: '128',
  logGroupName: '/aws/lambda/benchmark',
  logStreamName: 'id',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 10_000,
  done() {},
  fail() {},
  succeed() {},
};

/** Throws unless the result is a 200 with the cell's answer. */
export function check(result, answer) {
  const body = result.isBase64Encoded ? Buffer.from(result.body, 'base64').toString() : result.body;
  const given = JSON.stringify(JSON.parse(body));
  if (result.statusCode !== 200 || given !== JSON.stringify(answer))
    throw new Error(`wrong answer: ${result.statusCode} ${body}`);
}
