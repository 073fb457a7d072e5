import { isPromise, whenReady } from '../awaitable.js';
import type { DeclaredOptions } from '../declare/declared-options.js';
import type { StandardSchemaV1 } from '../declare/standard-schema.js';
import type { Schema } from '../definition.js';
import { mismatch } from '../errors/responses.js';
import { jsonBody } from './body.js';
import { UnprocessableContent } from './errors.js';
import type { Exchange, Stage } from './exchange.js';
import { isReply } from './reply.js';

type Part = 'params' | 'query' | 'headers' | 'body';

/** A mistake in one field of a request. */
export interface RequestIssue {
  readonly in: Part;
  /** Property names and indices from the part's root. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const keyOf = (step: PropertyKey | StandardSchemaV1.PathSegment): string | number => {
  const key = typeof step === 'object' ? step.key : step;
  return typeof key === 'symbol' ? String(key) : key;
};

const isSchema = (value: object): value is Schema => '~standard' in value;

/** The issues of a schema in the form that clients see. */
const issuesIn = (part: Part, issues: readonly StandardSchemaV1.Issue[]): RequestIssue[] =>
  issues.map(({ path = [], message }) => ({ in: part, path: path.map(keyOf), message }));

function refuse(issues: readonly RequestIssue[]): void {
  const [first] = issues;
  if (first)
    throw new UnprocessableContent(`${[first.in, ...first.path].join('.')}: ${first.message}`, {
      extensions: { errors: issues },
    });
}

/** The stage between the schemas of its request and that of its result, if there are any. */
export function betweenSchemas(options: DeclaredOptions, inner: Stage): Stage | undefined {
  let handle: Stage | undefined;
  if (options.response) {
    const check = checkedResult(options.response, options.status);
    handle = (exchange) => {
      const value = inner(exchange);
      return isPromise(value) ? Promise.resolve(value).then(check) : check(value);
    };
  }
  const admit = admission(options);
  if (!admit) return handle;
  const admitted = handle ?? inner;
  return (exchange) => {
    const waiting = admit(exchange);
    return isPromise(waiting) ? waiting.then(() => admitted(exchange)) : admitted(exchange);
  };
}

/**
 * Decodes the body and validates each part with its schema. All parts are tried, so that one answer lists every issue.
 * The stage throws UnprocessableContent; it returns a promise only if there is something to wait for.
 */
function admission(options: DeclaredOptions): Stage | undefined {
  const { params, query, headers, body } = options;
  const schemas: (readonly [Part, Schema])[] = [];
  if (params) schemas.push(['params', params]);
  if (query) schemas.push(['query', query]);
  if (headers) schemas.push(['headers', headers]);
  const bodySchema = body && (isSchema(body) ? body : body.schema);
  if (bodySchema) schemas.push(['body', bodySchema]);
  if (!body && !schemas.length) return undefined;
  const codec = body && !isSchema(body) ? body : undefined;
  if (!body) return (exchange) => checkParts(exchange, schemas);
  return (exchange) => {
    const { dialect, event, request } = exchange;
    const admit = (decoded: unknown): unknown => {
      exchange.body = decoded;
      return checkParts(exchange, schemas);
    };
    return whenReady(
      codec ? codec.decode(request.rawBody, dialect.header(event, 'content-type')) : jsonBody(dialect, event),
      admit,
    );
  };
}

function checkParts(exchange: Exchange, schemas: readonly (readonly [Part, Schema])[]): unknown {
  const issues: RequestIssue[] = [];
  let waits: PromiseLike<void>[] | undefined;
  for (const [part, schema] of schemas) {
    const take = (result: StandardSchemaV1.Result<unknown>): void => {
      if (result.issues) issues.push(...issuesIn(part, result.issues));
      else exchange[part] = result.value;
    };
    const result = schema['~standard'].validate(exchange.request[part]);
    if (isPromise(result)) {
      waits ??= [];
      waits.push(result.then(take));
    } else take(result);
  }
  return waits ? Promise.all(waits).then(() => refuse(issues)) : refuse(issues);
}

/** Logged when a result does not match its route's declaration; the client gets a 500 without details. */
class ResponseMismatch extends Error {
  readonly issues: unknown;
  constructor(status: number, issues: unknown) {
    super(mismatch(status));
    this.name = 'ResponseMismatch';
    this.issues = issues;
  }
}

const bodiless = (status: number): boolean => status === 204 || status === 205 || (status >= 300 && status < 400);

/** Validates a result with the schema of its status and sends the schema's output. */
function checkedResult(response: NonNullable<DeclaredOptions['response']>, usual = 200): (value: unknown) => unknown {
  return (value) => {
    const replied = isReply(value);
    const status = replied ? value.status : usual;
    const body = replied ? value.body : value;
    if (replied && body === undefined && bodiless(status)) return value;
    const schema = isSchema(response) ? response : response[status];
    if (!schema) throw new ResponseMismatch(status, 'no schema is declared for this status');
    const take = (result: StandardSchemaV1.Result<unknown>): unknown => {
      if (result.issues) throw new ResponseMismatch(status, issuesIn('body', result.issues));
      return replied ? { ...value, body: result.value } : result.value;
    };
    const result = schema['~standard'].validate(body);
    return isPromise(result) ? result.then(take) : take(result);
  };
}
