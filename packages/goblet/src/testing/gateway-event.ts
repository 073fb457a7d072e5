import type { AuthorizerDefinition } from '../definition.js';
import type { Gateway, TokenScope } from './types.js';

/** A request that arrives at a gateway. */
export interface ArrivingRequest {
  readonly method: string;
  /** Encoded, without query. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
}

/** A request that the gateway has routed. */
export interface RoutedRequest extends ArrivingRequest {
  /** The declared path, if one matched. */
  readonly template: string | undefined;
  /** Encoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly callers: readonly { readonly kind: AuthorizerDefinition['kind']; readonly result: unknown }[];
  readonly requestId: string;
}

const isText = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

function bodyFields(body: Uint8Array | undefined): { body: string | null; isBase64Encoded: boolean } {
  if (!body) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = !isText(body);
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

const last = (pairs: ArrivingRequest['headers']): Record<string, string> => Object.fromEntries(pairs);

function lists(pairs: ArrivingRequest['headers']): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

const joined = (pairs: ArrivingRequest['headers'], separator: string): Record<string, string> =>
  Object.fromEntries(Object.entries(lists(pairs)).map(([name, values]) => [name, values.join(separator)]));

const orNull = <T extends object>(map: T): T | null => (Object.keys(map).length ? map : null);

/** Claims and context values are text; each gateway writes lists and objects in its own way. */
const strings = (values: unknown, text: (value: unknown) => string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, text(value)]],
    ),
  );
const restText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
/** Lists as measured in aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock, pull request 803. */
const httpText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(httpText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${members.map(([name, member]) => `${name}:${httpText(member)}`).join(' ')}]`;
};

/** Payload 1.0 has the results of authorizers as strings, under `authorizer` or `identity`. */
function restCallers(callers: RoutedRequest['callers']): { authorizer: object | undefined; identity: object } {
  let authorizer: object | undefined;
  let identity: object = { sourceIp: '127.0.0.1', userAgent: 'goblet-test' };
  for (const { kind, result } of callers) {
    const given = result as Record<string, unknown>;
    if (kind === 'apiKey') identity = { ...identity, apiKey: 'test', ...given };
    else if (kind === 'iam')
      identity = { ...identity, userArn: given.userArn, accountId: given.accountId, caller: given.callerId };
    else if (kind === 'authorizer') authorizer = { principalId: 'test', ...strings(given, restText) };
    else authorizer = { claims: strings(given, restText) };
  }
  return { authorizer, identity };
}

/** An HTTP API has no API keys, and a Function URL has only IAM. */
function httpCallers(callers: RoutedRequest['callers'], url: boolean): object | undefined {
  let authorizer: object | undefined;
  for (const { kind, result } of callers) {
    if (kind === 'iam') authorizer = { ...authorizer, iam: result };
    else if (kind === 'apiKey' || url) continue;
    else if (kind === 'authorizer')
      authorizer = { ...authorizer, lambda: { principalId: 'test', ...(result as object) } };
    else {
      const { scope } = result as TokenScope;
      authorizer = { ...authorizer, jwt: { claims: strings(result, httpText), scopes: scope?.split(' ') ?? null } };
    }
  }
  return authorizer;
}

function restEvent(request: RoutedRequest): object {
  const { method, path, headers, query, params, template, requestId } = request;
  return {
    resource: template,
    path,
    httpMethod: method,
    headers: last(headers),
    multiValueHeaders: lists(headers),
    queryStringParameters: orNull(last(query)),
    multiValueQueryStringParameters: orNull(lists(query)),
    pathParameters: orNull(params),
    stageVariables: null,
    requestContext: {
      resourcePath: template,
      httpMethod: method,
      path: `/test${path}`,
      stage: 'test',
      requestId,
      ...restCallers(request.callers),
    },
    ...bodyFields(request.body),
  };
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function httpEvent(request: RoutedRequest, url: boolean): object {
  const { method, path, query, params, template, requestId } = request;
  const cookies = request.headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split('; '));
  const headers = request.headers
    .filter(([name]) => name.toLowerCase() !== 'cookie')
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  const routeKey = template === undefined || url ? '$default' : `${method} ${template}`;
  const rawPath = url ? path : decoded(path);
  const authorizer = httpCallers(request.callers, url);
  const { body, isBase64Encoded } = bodyFields(request.body);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString(),
    ...(cookies.length && { cookies }),
    headers: joined(headers, ','),
    ...(query.length && { queryStringParameters: joined(query, ',') }),
    ...(!url && Object.keys(params).length
      ? { pathParameters: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decoded(value)])) }
      : {}),
    requestContext: {
      domainName: url ? 'test.lambda-url.eu-west-1.on.aws' : 'test.execute-api.eu-west-1.amazonaws.com',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'goblet-test' },
      requestId,
      routeKey,
      stage: '$default',
      ...(authorizer && { authorizer }),
    },
    ...(body !== null && { body }),
    isBase64Encoded,
  };
}

function albEvent(request: RoutedRequest): object {
  const { body, isBase64Encoded } = bodyFields(request.body);
  const encoded = request.query.map(([name, value]) => [encodeURIComponent(name), encodeURIComponent(value)] as const);
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/test/0' },
    },
    httpMethod: request.method,
    path: request.path,
    multiValueQueryStringParameters: lists(encoded),
    multiValueHeaders: lists(request.headers.map(([name, value]) => [name.toLowerCase(), value] as const)),
    body: body ?? '',
    isBase64Encoded,
  };
}

/** The event that this gateway would send to its function. */
export function gatewayEvent(gateway: Gateway, request: RoutedRequest): object {
  if (gateway === 'rest') return restEvent(request);
  return gateway === 'alb' ? albEvent(request) : httpEvent(request, gateway === 'url');
}
