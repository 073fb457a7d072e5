import { Goblet } from '@goblet/cdk';
import { Duration, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

function refused(name: string, props: object = {}): string {
  return refusal(() => new Goblet(new Stack(unbundled(), 'Stack'), 'Api', { entry: fixture(name), ...props })).message;
}

/** The props of the fixture `service` with its needs bound. */
function service(more: object): object {
  const jobs = new sqs.Queue(new Stack(unbundled(), 'Queues'), 'Jobs');
  return { environment: { TABLE: 't' }, sources: { jobs }, ...more };
}

const bound = (name: string, props: object) => () =>
  new Goblet(new Stack(unbundled(), 'Stack'), 'Api', { entry: fixture(name), ...props });

describe('a need that is not bound is refused', () => {
  test('when it is a variable without a default', () => {
    expect(refused('service')).toBe(
      'GOBLET_CDK_ENVIRONMENT_UNBOUND: the app (fixtures/service/app.ts:6) needs TABLE; give environment: { TABLE: … }',
    );
  });

  test('when it is a source', () => {
    expect(refused('service', { environment: { TABLE: 't' } })).toBe(
      'GOBLET_CDK_SOURCE_UNBOUND: the app (fixtures/service/app.ts:6) needs jobs; give sources: { jobs: … }',
    );
  });

  test('when it is an authorizer', () => {
    expect(refused('secured')).toBe(
      'GOBLET_CDK_AUTH_UNBOUND: the app (fixtures/secured/app.ts:4) needs user; give auth: { user: … }',
    );
  });

  test('when it is a source that nothing handles', () => {
    expect(refused('unhandled')).toBe(
      "GOBLET_CDK_SOURCE_UNHANDLED: the app (fixtures/unhandled/app.ts:3) declares the source nightly but does not handle it; write app.on('nightly', …)",
    );
  });
});

describe('what names nothing is refused', () => {
  test('as a variable', () => {
    expect(refused('service', service({ environment: { TABLE: 't', TABEL: 't' } }))).toBe(
      'GOBLET_CDK_ENVIRONMENT_UNKNOWN: environment has TABEL, which the app (fixtures/service/app.ts:6) does not declare; write one of TABLE, SIZE, GOBLET_LOG_LEVEL, NODE_OPTIONS',
    );
  });

  test('as a source', () => {
    const jobs = new sqs.Queue(new Stack(unbundled(), 'Queues'), 'Jobs');
    expect(refused('service', service({ sources: { jobs, jbos: jobs } }))).toBe(
      'GOBLET_CDK_SOURCE_UNKNOWN: sources has jbos, which the app (fixtures/service/app.ts:6) does not declare; write one of jobs',
    );
  });

  test('as an authorizer', () => {
    expect(refused('sixty-routes', { auth: { user: {} } })).toBe(
      'GOBLET_CDK_AUTH_UNKNOWN: auth has user, which the app (fixtures/sixty-routes/app.ts:3) does not declare; leave it out',
    );
  });

  test('as a function', () => {
    expect(refused('sixty-routes', { functions: { jbos: {} } })).toBe(
      'GOBLET_CDK_FUNCTION_UNKNOWN: functions has jbos, which the app (fixtures/sixty-routes/app.ts:3) does not declare; write one of APIHandler',
    );
  });
});

describe('a name is refused', () => {
  test('that the construct has for a child of its own', () => {
    expect(refused('reserved-name')).toBe(
      'GOBLET_CDK_NAME_RESERVED: RestApi (fixtures/reserved-name/app.ts:4) is a name that the construct uses; give the function another name',
    );
  });

  test('that stands beside another function', () => {
    expect(refused('clashing-names')).toMatch(
      /^GOBLET_CDK_NAME_RESERVED: jobsRole \(fixtures\/clashing-names\/app\.ts:5\)/,
    );
  });
});

describe('an authorizer is refused', () => {
  test('of kind jwt for a REST API', () => {
    expect(refused('jwt', { auth: { user: {} } })).toBe(
      "GOBLET_BUILD_NOT_SUPPORTED: JWT authorizers on REST APIs are not supported yet, and user is one (fixtures/jwt/app.ts:5); declare api: 'http', or use cognito() or authorizer()",
    );
  });

  test('of kind apiKey for an HTTP API', () => {
    expect(refused('http-key')).toBe(
      "GOBLET_BUILD_NOT_SUPPORTED: HTTP APIs have no API keys, but key needs one (fixtures/http-key/app.ts:4); declare api: 'rest', or use another authorizer",
    );
  });

  test('of kind apiKey beside another, as a key of either would open the routes of both', () => {
    expect(refused('two-keys')).toMatch(
      /^GOBLET_BUILD_APP_THREW: fixtures\/two-keys\/app\.ts threw while it loaded: GOBLET_API_KEYS: the app "two-keys" has API keys under gold and silver, .*; declare one apiKey\(\), .* \(app\.ts:3\)/,
    );
  });

  test('of type TOKEN for an HTTP API', () => {
    expect(refused('http-token')).toBe(
      "GOBLET_BUILD_NOT_SUPPORTED: HTTP APIs have no TOKEN authorizers, but own needs one (fixtures/http-token/app.ts:4); declare api: 'rest', or use another authorizer",
    );
  });

  test.each(['two-authorizers', 'http-two-authorizers'])('as the second of one route (%s)', (name) => {
    expect(refused(name)).toMatch(
      /^GOBLET_BUILD_NOT_SUPPORTED: GET \/both \(fixtures\/[\w-]+\/app\.ts:4\) names the authorizers signed and own; a (method|route) of an? \w+ API has at most one/,
    );
  });

  test('behind a Function URL, which checks signatures alone', () => {
    expect(refused('behind-url', { auth: { user: {} } })).toBe(
      "GOBLET_CDK_FRONT_DOOR_OPEN: GET /me (fixtures/behind-url/app.ts:10) is guarded by user, which a Function URL does not check; remove 'url' from alsoBehind, or guard the route by iam()",
    );
  });

  test('behind a load balancer, which checks none', () => {
    expect(refused('behind-alb')).toBe(
      "GOBLET_CDK_FRONT_DOOR_OPEN: GET /signed (fixtures/behind-alb/app.ts:4) is guarded by signed, which a load balancer does not check; remove 'alb' from alsoBehind",
    );
    expect(bound('behind-both', {})).not.toThrow();
  });
});

describe('a timeout is refused that is longer than the gateway waits', () => {
  test('for a REST API, and not for a queue', () => {
    expect(refused('service', service({ functions: { reports: { timeout: Duration.seconds(30) } } }))).toBe(
      'GOBLET_CDK_TIMEOUT_TOO_LONG: reports (fixtures/service/app.ts:17) has a timeout of 30 seconds, but API Gateway waits for 29; give it at most that, or move the work to a queue',
    );
    expect(refused('service', service({ timeout: Duration.seconds(60) }))).toMatch(
      /^GOBLET_CDK_TIMEOUT_TOO_LONG: APIH/,
    );
    expect(bound('service', service({ functions: { nightly: { timeout: Duration.minutes(5) } } }))).not.toThrow();
  });

  test('for an HTTP API, which waits a second longer', () => {
    const timeout = (seconds: number) => ({ auth: {}, timeout: Duration.seconds(seconds) });
    expect(refused('http-open', timeout(31))).toBe(
      'GOBLET_CDK_TIMEOUT_TOO_LONG: APIHandler (fixtures/http-open/app.ts:4) has a timeout of 31 seconds, but API Gateway waits for 30; give it at most that, or move the work to a queue',
    );
    expect(bound('http-open', timeout(30))).not.toThrow();
  });

  test('and not for a streaming function, for which it waits as long as bytes come', () => {
    const functions = { APIHandlerStream: { timeout: Duration.minutes(5) } };
    expect(bound('streaming', { functions })).not.toThrow();
  });
});

test('an app that declares neither a route nor a source is refused', () => {
  expect(refused('empty')).toBe(
    'GOBLET_CDK_APP_EMPTY: the app (fixtures/empty/app.ts:3) has neither routes nor sources when it is loaded; import the module that declares them, or give another entry',
  );
});

test('an entry that is not there is refused', () => {
  expect(refused('nothing')).toMatch(/^GOBLET_BUILD_ENTRY_NOT_FOUND: .*nothing/);
});

test('an attribute of an API that the app has not is refused', () => {
  const goblet = bound('sixty-routes', {})();
  expect(refusal(() => goblet.httpApi).message).toBe('GOBLET_CDK_NO_API: the app sixty has no HTTP API');
});
