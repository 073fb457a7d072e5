import { AwsError } from '../core/aws-error.js';
import { type HttpResponse, header } from '../core/http.js';
import type { HttpBinding } from '../core/operation.js';
import type { Protocol } from '../core/service.js';
import { createRouter } from './http-binding.js';
import { asAwsError } from './internal-failure.js';
import { readJson, writeJson } from './json.js';

/** One parameter sent repeatedly is a list. */
function queryMember(query: URLSearchParams, name: string): string | string[] | undefined {
  const values = query.getAll(name);
  return values.length > 1 ? values : values[0];
}

function jsonAnswer(
  status: number,
  requestId: string,
  body: string,
  headers: readonly (readonly [string, string])[] = [],
): HttpResponse {
  return {
    status,
    headers: [['x-amzn-requestid', requestId], ['content-type', 'application/json'], ...headers],
    body,
  };
}

/** A payload that leaves as it comes. */
function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function encodeOutput(binding: HttpBinding | undefined, output: unknown, requestId: string): HttpResponse {
  const members: Record<string, unknown> =
    typeof output === 'object' && output !== null ? { ...(output as Record<string, unknown>) } : {};
  const { headers = {}, payload, status: statusMember } = binding?.output ?? {};
  let status = binding?.status ?? 200;
  const sent: [string, string][] = [];
  if (statusMember !== undefined) {
    if (typeof members[statusMember] === 'number') status = members[statusMember];
    delete members[statusMember];
  }
  for (const [member, name] of Object.entries(headers)) {
    const value = members[member];
    if (value !== undefined && value !== null) sent.push([name, String(value)]);
    delete members[member];
  }
  if (payload !== undefined) {
    const body = members[payload];
    if (isStream(body)) return { status, headers: [['x-amzn-requestid', requestId], ...sent], body };
    const bytes = body instanceof Uint8Array || typeof body === 'string' ? body : '';
    if (body !== undefined && !(body instanceof Uint8Array) && typeof body !== 'string') {
      return jsonAnswer(status, requestId, writeJson(body), sent);
    }
    if (!sent.some(([name]) => name.toLowerCase() === 'content-type')) sent.push(['content-type', 'application/json']);
    return { status, headers: [['x-amzn-requestid', requestId], ...sent], body: bytes };
  }
  if (output === undefined || status === 204) {
    return { status, headers: [['x-amzn-requestid', requestId], ...sent], body: '' };
  }
  return jsonAnswer(status, requestId, writeJson(members), sent);
}

/**
 * REST-JSON: method, path, query, headers and a JSON body, as each operation's binding says. Query, label and header
 * members arrive as text (a repeated query parameter as a list of texts).
 */
export function restJsonProtocol(
  operations: ReadonlyMap<string, { readonly http?: HttpBinding }> | readonly { name: string; http?: HttpBinding }[],
): Protocol {
  const pairs =
    operations instanceof Map
      ? [...operations]
      : (operations as readonly { name: string; http?: HttpBinding }[]).map((one) => [one.name, one] as const);
  const bindings = new Map<string, HttpBinding>();
  for (const [name, { http }] of pairs) if (http) bindings.set(name, http);
  const route = createRouter(bindings);
  return {
    family: 'rest-json',
    decode: (request) => {
      const query = new URLSearchParams(request.query);
      const match = route(request.method, request.path, query);
      if (!match) {
        throw new AwsError(
          'UnknownOperationException',
          `The local cloud has no operation ${request.method} ${request.path}`,
          404,
        );
      }
      const binding = bindings.get(match.operation);
      const input: Record<string, unknown> =
        binding?.payload === undefined ? { ...readJson(request.body) } : { [binding.payload]: request.body };
      for (const [parameter, member] of Object.entries(binding?.query ?? {})) {
        const value = queryMember(query, parameter);
        if (value !== undefined) input[member] = value;
      }
      for (const [name, member] of Object.entries(binding?.headers ?? {})) {
        const value = header(request, name);
        if (value !== undefined) input[member] = value;
      }
      return { operation: match.operation, input: Object.assign(input, match.labels) };
    },
    encode: (operation, output, requestId) => encodeOutput(bindings.get(operation), output, requestId),
    encodeError: (error, requestId) => {
      const { code, message, status, fields } = asAwsError(error);
      return jsonAnswer(status, requestId, writeJson({ message, ...fields }), [['x-amzn-errortype', code]]);
    },
  };
}
