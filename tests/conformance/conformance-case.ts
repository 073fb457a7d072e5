import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

export type ApiKind = 'rest' | 'http';

/** A request and what has to come back, as data: see README.md of this folder. */
export interface ConformanceCase {
  readonly name: string;
  /** `app`: the test client, `goblet local` and the deployed API agree. `gateway`: only the latter two are asked. */
  readonly layer: 'app' | 'gateway';
  /** The one kind of API that it is about; both where left out. */
  readonly api?: ApiKind;
  /** Where what is expected is written down: a page of AWS's documentation, an RFC, or a number of its own. */
  readonly source?: string;
  /** Front doors that never let the request through. */
  readonly notBehind?: readonly string[];
  readonly request: {
    readonly method: string;
    /** Encoded, with its query. */
    readonly path: string;
    /** A list is sent as lines of their own. */
    readonly headers?: Readonly<Record<string, string | string[]>>;
    readonly body?: string;
    readonly base64?: string;
    /** A body of so many bytes. */
    readonly bodySize?: number;
    /** A header `x-padding` of so many bytes. */
    readonly paddingSize?: number;
  };
  readonly expect: {
    readonly status: number;
    /** Values of headers; `null` where there must be none. Several `Set-Cookie` values stand on lines of their own. */
    readonly headers?: Readonly<Record<string, string | null>>;
    /** The code of a problem document. */
    readonly problem?: string;
    /** The whole JSON value. */
    readonly json?: unknown;
    /** Members that the JSON value has. */
    readonly includes?: object;
    readonly text?: string;
    readonly hex?: string;
    readonly empty?: true;
  };
}

export interface Answer {
  readonly status: number;
  /** Lower-case names; `set-cookie` values joined by line breaks. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/** Sends a request to wherever the conformance service runs. */
export type Send = (
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body: Uint8Array | undefined,
) => Promise<Answer>;

type CasesByFile = [file: string, cases: readonly ConformanceCase[]][];

/** The cases that hold for APIs of a kind, by the file that they stand in. */
export function casesFor(api: ApiKind): CasesByFile {
  return allCases().flatMap(([file, cases]): CasesByFile => {
    const here = cases.filter((one) => (one.api ?? api) === api && !one.notBehind?.includes(api));
    return here.length === 0 ? [] : [[file, here]];
  });
}

/** Every case, by the file that it stands in. */
export function allCases(): CasesByFile {
  const folder = new URL('cases/', import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]);
}

function bodyOf({ body, base64, bodySize }: ConformanceCase['request']): Uint8Array | undefined {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (bodySize !== undefined) return Buffer.alloc(bodySize, 'x');
  return body === undefined ? undefined : Buffer.from(body);
}

/** Sends a case's request and compares what comes back. */
export async function checkCase({ request, expect: expected }: ConformanceCase, send: Send): Promise<void> {
  const { method, path, headers, paddingSize } = request;
  const padding = paddingSize !== undefined && { 'x-padding': 'x'.repeat(paddingSize) };
  const answer = await send(method, path, { ...headers, ...padding }, bodyOf(request));
  const text = Buffer.from(answer.bytes).toString('utf8');
  expect(answer.status, text.slice(0, 500)).toBe(expected.status);
  for (const [name, value] of Object.entries(expected.headers ?? {}))
    expect(answer.headers[name], name).toBe(value ?? undefined);
  if (expected.problem !== undefined) {
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const problem = JSON.parse(text);
    expect(problem).toMatchObject({ code: expected.problem, status: expected.status });
    expect(text).not.toMatch(/secret|\bat .*:\d+:\d+/);
  }
  if (expected.json !== undefined) expect(JSON.parse(text)).toEqual(expected.json);
  if (expected.includes !== undefined) expect(JSON.parse(text)).toMatchObject(expected.includes);
  if (expected.text !== undefined) expect(text).toBe(expected.text);
  if (expected.hex !== undefined) expect(Buffer.from(answer.bytes).toString('hex')).toBe(expected.hex);
  if (expected.empty) expect(answer.bytes.length).toBe(0);
}
