import type { LambdaResult } from './lambda-result.js';

type Strings = Readonly<Record<string, string | undefined>> | null | undefined;
type Lists = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/**
 * The fields of the payload formats of API Gateway, Function URLs and ALB; the dialect knows which ones are present.
 */
export interface GatewayEvent {
  readonly version?: string;
  readonly resource?: string;
  readonly path?: string;
  readonly httpMethod?: string;
  readonly headers?: Strings;
  readonly multiValueHeaders?: Lists;
  readonly queryStringParameters?: Strings;
  readonly multiValueQueryStringParameters?: Lists;
  readonly pathParameters?: Strings;
  readonly routeKey?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[] | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: {
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    readonly elb?: unknown;
    readonly http?: { readonly method?: string; readonly path?: string };
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
    readonly identity?: Readonly<Record<string, unknown>> | null;
  };
}

/** The last value of each name; without a prototype, because the names come from outside. */
export type Values = Record<string, string>;

/** The sender of a dialect's events. `rest` is payload format 1.0, which HTTP APIs can send too. */
export type FrontDoor = 'rest' | 'http' | 'url' | 'alb';

/** Reads and answers one payload format. */
export interface Dialect {
  readonly frontDoor: FrontDoor;
  method(event: GatewayEvent): string;
  /** Without the stage, still encoded. */
  path(event: GatewayEvent): string;
  /** The declared path that the gateway matched, `/users/{name}`; `undefined` if it matched none. */
  template(event: GatewayEvent): string | undefined;
  /** True if the gateway's path variables are percent-encoded. */
  readonly encodedParams: boolean;
  /** Bytes of a result, as JSON. */
  readonly largestResult: number;
  header(event: GatewayEvent, lowerCaseName: string): string | undefined;
  headers(event: GatewayEvent): Values;
  /** Every query parameter in order, decoded. */
  query(event: GatewayEvent): [name: string, value: string][];
  /** The `Cookie` header, or its parts. */
  cookies(event: GatewayEvent): readonly string[];
  result(
    event: GatewayEvent,
    status: number,
    headers: Record<string, string | readonly string[]>,
    cookies: readonly string[],
    body: string,
    base64: boolean,
  ): LambdaResult;
}

/** Lambda accepts results of 6 MB (Lambda quotas, "Invocation payload"). */
export const LARGEST_RESULT = 6_291_556;

/** The value of a header in any case; the usual spellings are tried first. */
export function lookUp<T>(
  map: Readonly<Record<string, T | undefined>> | null | undefined,
  name: string,
): T | undefined {
  if (map?.[name] !== undefined) return map[name];
  for (const key in map) if (key.length === name.length && key.toLowerCase() === name) return map[key];
  return undefined;
}
