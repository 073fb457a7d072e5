import type { HttpRequest, HttpResponse } from '../../core/http.js';
import { type ExecuteApi, type ExecuteApiOptions, executeApi } from './execute-api.js';
import type { Invocation, Invoker } from './invoker.js';
import { importOpenApi } from './open-api/import-open-api.js';

/** One operation that invokes the function of this name. */
export function lambda(name = 'APIHandler', more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    responses: { 200: { description: 'ok' } },
    ...more,
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: name, ...integrationOf(more) },
  };
}

function integrationOf(more: Readonly<Record<string, unknown>>): object {
  const given = more['x-amazon-apigateway-integration'];
  return typeof given === 'object' && given !== null ? given : {};
}

/** A document with these paths and root members. */
export function document(
  paths: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): unknown {
  return { openapi: '3.0.1', info: { title: 'test', version: '1.0' }, paths, ...more };
}

export interface Invoked {
  readonly uri: string;
  readonly event: Record<string, unknown>;
  readonly sourceArn: string;
}

/** Functions by name, and what they were invoked with. */
export function functions(
  byName: Readonly<Record<string, (event: Record<string, unknown>) => unknown>>,
): Invoker & { readonly invoked: Invoked[] } {
  const invoked: Invoked[] = [];
  return {
    invoked,
    invoke: async (uri, event, _signal, sourceArn): Promise<Invocation> => {
      const seen: Record<string, unknown> = JSON.parse(JSON.stringify(event));
      invoked.push({ uri, event: seen, sourceArn });
      const run = byName[uri];
      if (run === undefined) throw new Error(`no function ${uri}`);
      try {
        return { payload: await run(seen) };
      } catch (error) {
        return { functionError: 'Unhandled', errorMessage: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** Serves a document at stage v1 of API abcdefghij. */
export function served(openApi: unknown, invoker: Invoker, more: Partial<ExecuteApiOptions> = {}): ExecuteApi {
  return executeApi({
    model: importOpenApi(openApi),
    stage: 'v1',
    apiId: 'abcdefghij',
    account: '123456789012',
    region: 'eu-west-1',
    invoker,
    now: () => Date.UTC(2015, 3, 9, 12, 34, 56, 789),
    ...more,
  });
}

/** A request as a gateway reads it: `request('GET', '/users?limit=1', { accept: 'image/png' })`. */
export function request(
  method: string,
  target: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
  body: string | Uint8Array = '',
): HttpRequest {
  const [path = '', query = ''] = target.split('?');
  return {
    method,
    path,
    query,
    headers: [
      ['host', 'api.example.test'],
      ...Object.entries(headers).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((entry) => [name.toLowerCase(), entry] as const),
      ),
    ],
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    sourceIp: '192.0.2.1',
    signal: new AbortController().signal,
  };
}

/** The values of a header, joined. */
export function headerOf(response: HttpResponse, name: string): string | undefined {
  const values = response.headers.filter(([sent]) => sent === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(' | ');
}

export function textOf(response: HttpResponse): string {
  if (typeof response.body === 'string') return response.body;
  if (response.body instanceof Uint8Array) return Buffer.from(response.body).toString('utf8');
  throw new Error('the body is a stream');
}
