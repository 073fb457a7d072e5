import { STATUS_CODES } from 'node:http';
import type { Inventory, InventoryBody, InventoryError, InventoryRoute } from '../inventory.js';
import type { Components } from './components.js';
import type { SchemaObject } from './schema-object.js';

type Content = Readonly<Record<string, { readonly schema?: SchemaObject }>>;

interface Response {
  readonly description: string;
  readonly content?: Content;
}

/**
 * The responses of a route: its own responses, its own errors, the problem documents that Goblet sends for it, and the
 * answers of API Gateway before it calls the function.
 */
export function responsesOf(route: InventoryRoute, inventory: Inventory, components: Components): object {
  const responses: Record<string, Response> = {};
  for (const { status, schema } of route.responses) {
    const content = schema === undefined ? ANYTHING : { 'application/json': { schema: components.output(schema) } };
    responses[status] = response(STATUS_CODES[status] ?? 'Response', BODILESS.has(status) ? undefined : content);
  }
  if (route.responses.length === 0) responses['2XX'] = response('Success', ANYTHING);
  const gateway = { 'application/json': { schema: components.add('GatewayMessage', GATEWAY_MESSAGE) } };
  for (const [status, errors] of byStatus([...route.errors, ...ownErrors(route, inventory)])) {
    responses[status] = both(responses[status], problemResponse(status, errors, components));
  }
  if (route.auth.length > 0) {
    responses[401] = both(responses[401], response('Unauthorized', gateway));
    responses[403] = both(responses[403], response('Forbidden', gateway));
  }
  responses.default = response('The answer of API Gateway itself, for example to too many requests.', gateway);
  return responses;
}

/** Statuses without a body: RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);
const ANYTHING: Content = { '*/*': {} };

function response(description: string, content: Content | undefined): Response {
  return { description, ...(content === undefined ? {} : { content }) };
}

/** One status has one response, no matter who sends it; the media types tell the bodies apart. */
function both(one: Response | undefined, other: Response): Response {
  if (one === undefined) return other;
  const descriptions = new Set([one.description, other.description]);
  return { description: [...descriptions].join('; '), content: { ...other.content, ...one.content } };
}

/**
 * The problem documents that come before the handler (from an authorizer, path, body or schema), and the one for a
 * handler that fails.
 */
function ownErrors(route: InventoryRoute, inventory: Inventory): readonly InventoryError[] {
  const validates = [route.body?.schema, route.query, route.params, route.headers].some(
    (schema) => schema !== undefined,
  );
  return [
    ...(decodesPath(route, inventory) ? [BAD_REQUEST] : []),
    ...(route.body === undefined ? [] : bodyErrors(route.body)),
    ...(route.auth.length === 0 ? [] : [UNAUTHORIZED]),
    ...(route.scopes === undefined ? [] : [INSUFFICIENT_SCOPE]),
    ...(validates ? [UNPROCESSABLE_CONTENT] : []),
    INTERNAL_SERVER_ERROR,
  ];
}

/**
 * An HTTP API decodes a path before it chooses the route. Elsewhere the function decodes it and refuses a malformed
 * escape.
 */
function decodesPath({ path }: InventoryRoute, { api, alsoBehind = [] }: Inventory): boolean {
  return path.includes('{') && (api === 'rest' || alsoBehind.length > 0);
}

/** Raw bytes cannot be malformed, and cannot have a wrong type if any type is accepted. */
function bodyErrors({ kind, contentTypes }: InventoryBody): readonly InventoryError[] {
  return [
    ...(kind === 'raw' ? [] : [BAD_REQUEST]),
    ...(kind === 'multipart' ? [CONTENT_TOO_LARGE] : []),
    ...(kind === 'raw' && contentTypes.length === 0 ? [] : [UNSUPPORTED_MEDIA_TYPE]),
  ];
}

const problem = (code: string, status: number, title: string): InventoryError => ({ code, status, title });
const BAD_REQUEST = problem('BAD_REQUEST', 400, 'Bad request');
const UNAUTHORIZED = problem('UNAUTHORIZED', 401, 'Unauthorized');
const INSUFFICIENT_SCOPE = problem('INSUFFICIENT_SCOPE', 403, 'Insufficient scope');
const CONTENT_TOO_LARGE = problem('CONTENT_TOO_LARGE', 413, 'Content too large');
const UNSUPPORTED_MEDIA_TYPE = problem('UNSUPPORTED_MEDIA_TYPE', 415, 'Unsupported media type');
const UNPROCESSABLE_CONTENT = problem('UNPROCESSABLE_CONTENT', 422, 'Unprocessable content');
const INTERNAL_SERVER_ERROR = problem('INTERNAL_SERVER_ERROR', 500, 'Internal server error');

function byStatus(errors: readonly InventoryError[]): ReadonlyMap<number, readonly InventoryError[]> {
  const grouped = new Map<number, InventoryError[]>();
  for (const error of errors) {
    const known = grouped.get(error.status);
    if (known === undefined) grouped.set(error.status, [error]);
    else if (!known.some(({ code }) => code === error.code)) known.push(error);
  }
  return new Map([...grouped].sort(([a], [b]) => a - b));
}

function problemResponse(status: number, errors: readonly InventoryError[], components: Components): Response {
  const schemas = errors.map((error) => problemSchema(error, components));
  const [only] = schemas;
  const schema = schemas.length === 1 && only !== undefined ? only : { oneOf: schemas };
  const titles = [...new Set(errors.map(({ title }) => title))].join('; ');
  return response(titles || (STATUS_CODES[status] ?? 'Problem'), { 'application/problem+json': { schema } });
}

/** One component for each code, all of them problem documents. */
function problemSchema({ code, status, title }: InventoryError, components: Components): SchemaObject {
  const base = components.add('Problem', PROBLEM);
  return components.add(`${pascalCase(code)}Problem`, {
    allOf: [
      base,
      {
        type: 'object',
        properties: {
          code: { const: code },
          status: { const: status },
          title: { const: title },
          ...MEMBERS[code],
        },
        required: ['code', 'status', 'title'],
      },
    ],
  });
}

function pascalCase(code: string): string {
  const words = code.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join('');
}

const PROBLEM: SchemaObject = {
  description: 'A problem document (RFC 9457).',
  type: 'object',
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    detail: { type: 'string', description: 'For people.' },
  },
  required: ['title', 'status', 'code'],
};

/** API Gateway's own answer; some refusals have `Message` instead of `message`, and none has a code. */
const GATEWAY_MESSAGE: SchemaObject = {
  description: 'The answer of API Gateway itself.',
  type: 'object',
  properties: { message: { type: 'string' }, code: false },
};

const ISSUES: SchemaObject = {
  type: 'array',
  description: 'Every issue.',
  items: {
    type: 'object',
    properties: {
      in: { enum: ['body', 'query', 'params', 'headers'] },
      path: { type: 'array', items: { type: ['string', 'number'] } },
      message: { type: 'string' },
    },
    required: ['in', 'path', 'message'],
  },
};

/** Members of the framework's own problem documents, in addition to those of every problem document. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, SchemaObject>>>> = {
  [UNPROCESSABLE_CONTENT.code]: { errors: ISSUES },
  [INTERNAL_SERVER_ERROR.code]: { requestId: { type: 'string', description: 'Identifies the request in the log.' } },
};
