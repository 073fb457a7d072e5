import { STATUS_CODES } from 'node:http';
import type { InventoryBody, InventoryError, InventoryRoute } from '../inventory.js';
import type { Components, SchemaObject } from './components.js';

/** What a route answers: its own responses, its own errors, and the problems that Goblet answers for it. */
export function responsesOf(route: InventoryRoute, components: Components): object {
  const responses: Record<string, object> = {};
  for (const { status, schema } of route.responses) {
    responses[status] = {
      description: STATUS_CODES[status] ?? 'Response',
      ...(schema === undefined ? {} : { content: { 'application/json': { schema: components.output(schema) } } }),
    };
  }
  if (route.responses.length === 0) responses['2XX'] = { description: 'Success' };
  for (const [status, errors] of byStatus([...route.errors, ...ownErrors(route)])) {
    responses[status] ??= problemResponse(status, errors, components);
  }
  return responses;
}

/** The problems that come before the handler: an authorizer's, a body's, a schema's. */
function ownErrors(route: InventoryRoute): readonly InventoryError[] {
  const validates = [route.body?.schema, route.query, route.params, route.headers].some(
    (schema) => schema !== undefined,
  );
  return [
    ...(route.body === undefined ? [] : bodyErrors(route.body)),
    ...(route.auth.length === 0 ? [] : [UNAUTHORIZED]),
    ...(validates ? [UNPROCESSABLE_CONTENT] : []),
  ];
}

/** Bytes that are taken as they come cannot be malformed, nor of a wrong type where any is taken. */
function bodyErrors({ kind, contentTypes }: InventoryBody): readonly InventoryError[] {
  return [
    ...(kind === 'raw' ? [] : [BAD_REQUEST]),
    ...(kind === 'raw' && contentTypes.length === 0 ? [] : [UNSUPPORTED_MEDIA_TYPE]),
  ];
}

const BAD_REQUEST: InventoryError = { code: 'BAD_REQUEST', status: 400, title: 'Bad request' };
const UNAUTHORIZED: InventoryError = { code: 'UNAUTHORIZED', status: 401, title: 'Unauthorized' };
const UNSUPPORTED_MEDIA_TYPE: InventoryError = {
  code: 'UNSUPPORTED_MEDIA_TYPE',
  status: 415,
  title: 'Unsupported media type',
};
const UNPROCESSABLE_CONTENT: InventoryError = {
  code: 'UNPROCESSABLE_CONTENT',
  status: 422,
  title: 'Unprocessable content',
};

function byStatus(errors: readonly InventoryError[]): ReadonlyMap<number, readonly InventoryError[]> {
  const grouped = new Map<number, InventoryError[]>();
  for (const error of errors) {
    const known = grouped.get(error.status);
    if (known === undefined) grouped.set(error.status, [error]);
    else if (!known.some(({ code }) => code === error.code)) known.push(error);
  }
  return new Map([...grouped].sort(([a], [b]) => a - b));
}

function problemResponse(status: number, errors: readonly InventoryError[], components: Components): object {
  const schemas = errors.map((error) => problemSchema(error, components));
  const [only] = schemas;
  return {
    description: [...new Set(errors.map(({ title }) => title))].join('; ') || (STATUS_CODES[status] ?? 'Problem'),
    content: { 'application/problem+json': { schema: schemas.length === 1 ? only : { oneOf: schemas } } },
  };
}

/** One component for each code, all of them problem documents. */
function problemSchema({ code, status, title }: InventoryError, components: Components): SchemaObject {
  const problem = components.add('Problem', PROBLEM);
  return components.add(`${pascalCase(code)}Problem`, {
    allOf: [
      problem,
      {
        type: 'object',
        properties: {
          code: { const: code },
          status: { const: status },
          title: { const: title },
          ...(code === UNPROCESSABLE_CONTENT.code ? { errors: ISSUES } : {}),
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

const ISSUES: SchemaObject = {
  type: 'array',
  description: 'Everything that does not match.',
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
