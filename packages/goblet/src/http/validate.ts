import { isPromise } from '../awaitable.js';
import type { Schema } from '../definition.js';
import { UnprocessableContent } from '../errors.js';
import type { StandardSchemaV1 } from '../standard-schema.js';
import { type LazyRequest, setPart } from './request.js';

type Part = 'params' | 'query' | 'headers' | 'body';

/** What is wrong with one field of a request. */
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

/** The issues of a schema in the form that clients see. */
export function issuesIn(part: Part, issues: readonly StandardSchemaV1.Issue[]): RequestIssue[] {
  return issues.map(({ path, message }) => ({ in: part, path: (path ?? []).map(keyOf), message }));
}

/**
 * Puts each part through its schema. All parts are tried, so that one answer lists every issue.
 * @returns a promise only where a schema is asynchronous
 * @throws UnprocessableContent with every issue
 */
export function validate(
  request: LazyRequest,
  schemas: readonly (readonly [Part, Schema, (r: LazyRequest) => unknown])[],
): void | Promise<void> {
  const issues: RequestIssue[] = [];
  const waits: PromiseLike<void>[] = [];
  for (const [part, schema, read] of schemas) {
    const take = (result: StandardSchemaV1.Result<unknown>): void => {
      if (result.issues) issues.push(...issuesIn(part, result.issues));
      else setPart(request, part, result.value);
    };
    const result = schema['~standard'].validate(read(request));
    if (isPromise(result)) waits.push(result.then(take));
    else take(result);
  }
  const decide = (): void => {
    if (!issues.length) return;
    const [first] = issues;
    const where = first && [first.in, ...first.path].join('.');
    throw new UnprocessableContent(`${where}: ${first?.message}`, { extensions: { errors: issues } });
  };
  if (waits.length) return Promise.all(waits).then(decide);
  decide();
}
