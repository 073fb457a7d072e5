import type { CloudContext } from '../../../core/cloud.js';
import type { HttpRequest } from '../../../core/http.js';
import { toLocalUrls } from '../../../core/local-url.js';
import type { Scope } from '../../../core/operation.js';
import { testAuthorization, testInvocation } from '../../execute-api/index.js';
import { restOperation } from '../api-operation.js';
import { unsupported } from '../refusal.js';
import * as find from '../rest-api/find.js';
import { servedModel } from '../rest-api/served-model.js';
import { awsCaller } from './aws-caller.js';
import { lambdaInvoker } from './lambda-invoker.js';

/** The name of the stage in tests of methods, which need no deployment. */
const STAGE = 'test-invoke-stage';

/** The operations that test an API as it is being edited. */
export function testOperations(context: CloudContext) {
  const testInvokeMethod = restOperation({
    name: 'TestInvokeMethod',
    handle: async ({ restApiId, resourceId, httpMethod, ...input }, call, store) => {
      const api = await find.apiOfResource(store, call, restApiId);
      const { path, methods } = find.resource(api, resourceId);
      const method = find.method(api, resourceId, methods[httpMethod] ? httpMethod : 'ANY');
      const model = servedModel(api);
      const { response, headers, log, latency } = await testInvocation(
        {
          ...optionsOf(context, call, restApiId),
          model,
          callAws: awsCaller(context, call),
          localUrl: (url) => toLocalUrls(url, context),
          ...(input.stageVariables && { stageVariables: input.stageVariables }),
        },
        { ...method, method: httpMethod, path, resourceId },
        requestOf(httpMethod, input.pathWithQueryString ?? path, input, call.signal),
      );
      const { body } = response;
      return {
        status: response.status,
        body: typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '',
        headers: Object.fromEntries(headers),
        multiValueHeaders: grouped(headers),
        log: log.join('\n'),
        latency,
      };
    },
  });
  const testInvokeAuthorizer = restOperation({
    name: 'TestInvokeAuthorizer',
    handle: async ({ restApiId, authorizerId, ...input }, call, store) => {
      const api = await find.restApi(store, call, restApiId);
      const { definition } = find.authorizer(api, authorizerId);
      if (!('uri' in definition)) throw unsupported(`tests of ${definition.type} authorizers (TestInvokeAuthorizer)`);
      const request = requestOf('GET', input.pathWithQueryString ?? '/', input, call.signal);
      const { status, principalId, policy, log, latency } = await testAuthorization(
        {
          ...optionsOf(context, call, restApiId),
          ...(input.stageVariables && { stageVariables: input.stageVariables }),
        },
        authorizerId,
        definition,
        request,
      );
      return { clientStatus: status, principalId, policy, log: log.join('\n'), latency };
    },
  });
  return [testInvokeAuthorizer, testInvokeMethod];
}

/** The parts of a stage's options that tests need. */
function optionsOf(context: CloudContext, { account, region }: Scope, apiId: string) {
  const invoker = lambdaInvoker(context, { account, region });
  return { stage: STAGE, apiId, account, region, invoker, now: context.now };
}

interface Tested {
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | undefined;
}

function requestOf(
  method: string,
  pathWithQuery: string,
  { body = '', headers = {}, multiValueHeaders = {} }: Tested,
  signal: AbortSignal = new AbortController().signal,
): HttpRequest {
  const mark = pathWithQuery.indexOf('?');
  return {
    // A method for any is asked by one: GET.
    method: method === 'ANY' ? 'GET' : method,
    path: mark === -1 ? pathWithQuery : pathWithQuery.slice(0, mark),
    query: mark === -1 ? '' : pathWithQuery.slice(mark + 1),
    headers: [
      ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
      ...Object.entries(multiValueHeaders).flatMap(([name, values]) =>
        values.map((value) => [name.toLowerCase(), value] as const),
      ),
    ],
    body: Buffer.from(body, 'utf8'),
    bodyTooLarge: false,
    sourceIp: 'test-invoke-source-ip',
    signal,
  };
}

function grouped(headers: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of headers) values[name] = [...(values[name] ?? []), value];
  return values;
}
