import { Goblet } from '@goblet/cdk';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

type Props = (stack: Stack) => object;

const make =
  (name: string, props: Props = () => ({})) =>
  () => {
    const stack = new Stack(unbundled(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
    return new Goblet(stack, 'Api', { entry: fixture(name), ...props(stack) });
  };
const refused = (name: string, props: Props) => refusal(make(name, props)).message;

const service: Props = (stack) => ({ environment: { TABLE: 't' }, sources: { jobs: new sqs.Queue(stack, 'Jobs') } });

describe('an option that does not exist is refused by its name', () => {
  test('of the construct', () => {
    expect(refused('sixty-routes', () => ({ memroySize: 256 }))).toMatch(
      /^GOBLET_CDK_OPTION: memroySize of Stack\/Api is not an option; write one of entry, functions, .*, memorySize, timeout, /,
    );
  });

  test('of a function, with the line of the function', () => {
    expect(refused('service', (stack) => ({ ...service(stack), functions: { jobs: { timeuot: 5 } } }))).toMatch(
      /^GOBLET_CDK_OPTION: functions\.jobs\.timeuot of Stack\/Api, for jobs \(fixtures\/service\/app\.ts:13\), is not an option; write one of memorySize, timeout, /,
    );
  });
});

describe('an option that is not what it must be is refused', () => {
  test.for([
    ['timeout', 30, 'timeout of Stack/Api is 30; it must be a Duration of 1 to 900 seconds'],
    [
      'timeout',
      Duration.seconds(0),
      'timeout of Stack/Api is Duration.seconds(0); it must be a Duration of 1 to 900 seconds',
    ],
    ['memorySize', 100, 'memorySize of Stack/Api is 100; it must be a whole number from 128 to 10240'],
    ['memorySize', '512', 'memorySize of Stack/Api is "512"; it must be a whole number from 128 to 10240'],
    [
      'reservedConcurrentExecutions',
      -1,
      'reservedConcurrentExecutions of Stack/Api is -1; it must be a whole number from 0',
    ],
    ['architecture', 'arm64', 'architecture of Stack/Api is "arm64"; it must be a lambda.Architecture'],
    [
      'role',
      'arn:aws:iam::123456789012:role/x',
      'role of Stack/Api is "arn:aws:iam::123456789012:role/x"; it must be an iam.IRole',
    ],
    ['layers', 'arn', 'layers of Stack/Api is "arn"; it must be a list'],
    ['functions', [], 'functions of Stack/Api is a list; it must be an object'],
    ['stageName', 'v 1', 'stageName of Stack/Api is "v 1"; it must be made of letters, digits, _ and -, 128 at most'],
    [
      'stageVariables',
      { colour: 'dark green' },
      'stageVariables of Stack/Api is { colour }; it must be of names of 64 letters, digits and _ at most, and texts of 1 to 512 letters, digits and -._~:/?#&=,; 100 at most',
    ],
    [
      'stageVariables',
      { 'the-colour': 'green' },
      'stageVariables of Stack/Api is { the-colour }; it must be of names of 64 letters, digits and _ at most, and texts of 1 to 512 letters, digits and -._~:/?#&=,; 100 at most',
    ],
    [
      'throttle',
      { rateLimit: 10 },
      'throttle of Stack/Api is { rateLimit }; it must be { rateLimit, burstLimit }, two numbers',
    ],
    ['external', 'sharp', 'external of Stack/Api is "sharp"; it must be a list'],
  ] as const)('%s of %s', ([name, value, sentence]) => {
    expect(refused('sixty-routes', () => ({ [name]: value }))).toBe(`GOBLET_CDK_OPTION: ${sentence}`);
  });

  test('of one function, with the line of the function', () => {
    const functions = { jobs: { timeout: Duration.minutes(20) } };
    expect(refused('service', (stack) => ({ ...service(stack), functions }))).toBe(
      'GOBLET_CDK_OPTION: functions.jobs.timeout of Stack/Api, for jobs (fixtures/service/app.ts:13), is Duration.minutes(20); it must be a Duration of 1 to 900 seconds',
    );
    expect(refused('service', (stack) => ({ ...service(stack), functions: { jobs: null } }))).toBe(
      'GOBLET_CDK_OPTION: functions.jobs of Stack/Api is null; it must be an object',
    );
  });

  test.for([undefined, null, 7, '', new URL('https://a.example/app.ts')])('an entry of %s', (entry) => {
    expect(refused('sixty-routes', () => ({ entry }))).toMatch(
      /^GOBLET_CDK_OPTION: entry of Stack\/Api is .*; it must be the file that exports `app`, or its folder: a path or a file: URL$/,
    );
  });

  test('and values that are known when the stack is deployed are left to it', () => {
    const late = (stack: Stack) => {
      const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
      const text = new CfnParameter(stack, 'Text').valueAsString;
      return { memorySize: number, stageName: text, reservedConcurrentExecutions: number };
    };
    expect(make('sixty-routes', late)).not.toThrow();
    expect(make('http-open', () => ({ stageName: '$default' }))).not.toThrow();
  });

  test('the default stage of HTTP APIs for a REST API', () => {
    expect(refused('sixty-routes', () => ({ stageName: '$default' }))).toBe(
      'GOBLET_CDK_OPTION: stageName $default is for HTTP APIs, but the app (fixtures/sixty-routes/app.ts:3) has a REST API; give another',
    );
  });
});

describe('the tracing of a stage', () => {
  test('is that of a REST API', () => {
    Template.fromStack(Stack.of(make('sixty-routes', () => ({ tracingEnabled: true }))())).hasResourceProperties(
      'AWS::ApiGateway::Stage',
      { TracingEnabled: true },
    );
    Template.fromStack(Stack.of(make('sixty-routes')())).hasResourceProperties('AWS::ApiGateway::Stage', {
      TracingEnabled: Match.absent(),
    });
  });
});

describe('an option that an HTTP API does not have is refused', () => {
  test.for([
    ['tracingEnabled', { tracingEnabled: true }, 'X-Ray traces only REST APIs'],
    ['binaryMediaTypes', { binaryMediaTypes: ['image/png'] }, 'an HTTP API detects binary bodies itself'],
  ] as const)('%s', ([name, props, why]) => {
    expect(refused('http-open', () => props)).toBe(
      `GOBLET_CDK_OPTION: ${name} is for REST APIs, but the app (fixtures/http-open/app.ts:3) has an HTTP API: ${why}; leave it out`,
    );
  });
});

describe('an app without routes has no API, and an option of one is refused', () => {
  const jobs: Props = (stack) => ({ sources: { jobs: new sqs.Queue(stack, 'Jobs') } });
  const certificate = (stack: Stack) =>
    acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');

  test.for([
    ['stageName', () => 'v1'],
    ['accessLogs', () => true],
    ['throttle', () => ({ rateLimit: 1, burstLimit: 1 })],
    ['domain', (stack: Stack) => ({ domainName: 'a.example', certificate: certificate(stack) })],
  ] as const)('%s', ([name, value]) => {
    expect(refused('worker', (stack) => ({ ...jobs(stack), [name]: value(stack) }))).toBe(
      `GOBLET_CDK_OPTION: ${name} applies to an API, but the app (fixtures/worker/app.ts:3) has no routes; leave it out`,
    );
  });

  test('role, which is that of the function of the routes', () => {
    const role = (stack: Stack) =>
      new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(refused('worker', (stack) => ({ ...jobs(stack), role: role(stack) }))).toBe(
      'GOBLET_CDK_OPTION: role applies to APIHandler, but the app (fixtures/worker/app.ts:3) has no such function; give functions: { jobs: { role } }',
    );
  });

  test('and not where it says nothing', () => {
    expect(make('worker', (stack) => ({ ...jobs(stack), accessLogs: false, domain: undefined }))).not.toThrow();
  });
});

describe('a domain is refused', () => {
  const arn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1`;
  const imported = (region: string) => (stack: Stack) => acm.Certificate.fromCertificateArn(stack, 'C', arn(region));

  test.for([
    ['a certificate', { domainName: 'a.example' }, '{ domainName }'],
    ['a name', { certificate: {} }, '{ certificate }'],
    ['being an object', 'a.example', '"a.example"'],
  ] as const)('without %s', ([, domain, given]) => {
    expect(refused('sixty-routes', () => ({ domain }))).toBe(
      `GOBLET_CDK_OPTION: domain takes a name and its certificate, but ${given} is given; give domain: { domainName: 'api.example.com', certificate }`,
    );
  });

  test.for(['sixty-routes', 'http-open'])('whose base path begins or ends with a slash (%s)', (name) => {
    const domain = (stack: Stack) => ({ domainName: 'a.example', certificate: imported('eu-west-1')(stack) });
    for (const basePath of ['/users', 'users/', ''])
      expect(refused(name, (stack) => ({ domain: { ...domain(stack), basePath } }))).toBe(
        `GOBLET_CDK_OPTION: the basePath of the domain a.example is "${basePath}"; write it without a slash at either end, or leave it out`,
      );
    expect(make(name, (stack) => ({ domain: { ...domain(stack), basePath: 'shop/v1' } }))).not.toThrow();
  });

  test.for(['sixty-routes', 'http-open'])('whose certificate is of another region than its stack (%s)', (name) => {
    const domain = (stack: Stack) => ({ domainName: 'a.example', certificate: imported('us-east-1')(stack) });
    expect(refused(name, (stack) => ({ domain: domain(stack) }))).toBe(
      'GOBLET_CDK_OPTION: the certificate Stack/C of the domain a.example is in us-east-1, but the stack Stack is in eu-west-1; give a certificate in eu-west-1, because the endpoint of the domain is regional',
    );
  });

  test('and not whose certificate is of the region of its stack, or made in it', () => {
    for (const certificate of [
      imported('eu-west-1'),
      (stack: Stack) => new acm.Certificate(stack, 'C', { domainName: 'a.example' }),
    ]) {
      const props: Props = (stack) => ({ domain: { domainName: 'a.example', certificate: certificate(stack) } });
      expect(make('sixty-routes', props)).not.toThrow();
    }
  });
});
