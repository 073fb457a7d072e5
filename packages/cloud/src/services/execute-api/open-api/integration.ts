import { defined } from '../../../core/defined.js';
import { isObject } from '../../../core/json.js';
import { isSource } from '../mapping/source.js';
import { INTEGRATION_TYPES, type Integration, type IntegrationResponse, type MethodResponse } from '../model.js';
import { velocityIn } from '../template.js';
import { list, object, optionalText, texts } from './json.js';
import { badRequest, invalidMapping, unsupported } from './refusal.js';

export interface IntegrationSite {
  readonly method: string;
  readonly path: string;
  readonly methodResponses: Readonly<Record<string, MethodResponse>>;
  readonly requireArns: boolean;
  /** True where the words of a refusal are those of an import. */
  readonly forImport: boolean;
  /** Receives what an import warns of. @default warnings are dropped */
  readonly warn?: (warning: string) => void;
}

const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
const CONTENT_HANDLING = ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'] as const;
const CONNECTIONS = ['INTERNET', 'VPC_LINK'] as const;
const TRANSFER_MODES = ['BUFFERED', 'STREAM'] as const;
const AWS_URI = /^arn:[^:]*:apigateway:[^:]*:[^:]+:(?:path|action)\/.+/s;
const LAMBDA_URI =
  /^arn:aws[a-z-]*:apigateway:[^:]+:lambda:path\/(?:2015-03-31\/functions\/.+\/invocations|2021-11-15\/functions\/.+\/response-streaming-invocations)$/;

/** Reads `x-amazon-apigateway-integration`, or the same members as PutIntegration names them. */
export function readIntegration(value: unknown, site: IntegrationSite): Integration {
  const where = `${site.method} ${site.path}`;
  const raw = object(value, where);
  const named = optionalText(raw.type, where)?.toUpperCase();
  const type = INTEGRATION_TYPES.find((known) => known === named);
  if (type === undefined) {
    throw badRequest(`Unable to parse API definition because of a malformed integration at path ${site.path}.`);
  }
  refuseUnsupported(raw, where);
  const contentHandling = oneOf(CONTENT_HANDLING, raw.contentHandling, where);
  const responseTransferMode = oneOf(TRANSFER_MODES, raw.responseTransferMode, where) ?? 'BUFFERED';
  const httpMethod = optionalText(raw.httpMethod, where)?.toUpperCase();
  const credentials = readCredentials(raw.credentials, where);
  const requestParameters = readRequestParameters(raw.requestParameters, site);
  const cacheKeyParameters = list(raw.cacheKeyParameters, where).map(String);
  const cacheNamespace = optionalText(raw.cacheNamespace, where);
  return {
    type,
    ...target(type, raw, httpMethod, site),
    ...defined({ credentials }),
    payloadFormatVersion: '1.0',
    timeoutInMillis: timeout(raw.timeoutInMillis, responseTransferMode === 'STREAM'),
    responseTransferMode,
    passthroughBehavior: oneOf(PASSTHROUGH, raw.passthroughBehavior, where) ?? 'WHEN_NO_MATCH',
    ...(contentHandling && { contentHandling }),
    ...(Object.keys(requestParameters).length > 0 && { requestParameters }),
    ...(cacheKeyParameters.length > 0 && { cacheKeyParameters }),
    ...defined({ cacheNamespace }),
    ...readConnection(raw, where),
    ...(isObject(raw.tlsConfig) && {
      tlsConfig: { insecureSkipVerification: raw.tlsConfig.insecureSkipVerification === true },
    }),
    requestTemplates: texts(raw.requestTemplates, where),
    responses: Object.entries(object(raw.responses, where)).map(([pattern, response]) =>
      readResponse(pattern, response, site),
    ),
  };
}

function refuseUnsupported(raw: Readonly<Record<string, unknown>>, where: string): void {
  if (raw.payloadFormatVersion === '2.0' || raw.payloadFormatVersion === 2)
    throw unsupported(`payload format version 2.0 (${where})`);
}

/** The ARN of a role, whole or with stage variables in it. */
function readCredentials(value: unknown, where: string): string | undefined {
  const credentials = optionalText(value, where);
  if (credentials === undefined || credentials === '') return undefined;
  if (/^arn:[^:]*:iam::\*:user\/\*$/.test(credentials))
    throw unsupported(`the caller's own credentials for an integration (${where})`);
  return credentials;
}

function readConnection(
  raw: Readonly<Record<string, unknown>>,
  where: string,
): Pick<Integration, 'connectionType' | 'connectionId'> {
  const connectionType = oneOf(CONNECTIONS, raw.connectionType, where);
  const connectionId = optionalText(raw.connectionId, where);
  return { ...(connectionType && { connectionType }), ...defined({ connectionId }) };
}

/** An import leaves out what is no text, and warns of it. */
function textParameters(value: unknown, { method, path, warn }: IntegrationSite): unknown {
  if (warn === undefined || !isObject(value)) return value;
  const kept = Object.entries(value).filter(([target, expression]) => {
    if (typeof expression === 'string') return true;
    warn(
      `Invalid format for 'requestParameters'. Expected type string for property '${target}' of resource '${path}' and method '${method}' but got '${expression}'`,
    );
    return false;
  });
  return Object.fromEntries(kept);
}

function readRequestParameters(value: unknown, site: IntegrationSite): Readonly<Record<string, string>> {
  const parameters = texts(textParameters(value, site), `${site.method} ${site.path}`);
  for (const [target, expression] of Object.entries(parameters)) {
    const known = /^integration\.request\.(?:header|querystring|path)\.[^\s]+$/.test(target);
    if (known && isSource(expression, 'request')) continue;
    throw invalidMapping([known ? expression : target]);
  }
  return parameters;
}

/** The target of an integration, and its settings. */
function target(
  type: Integration['type'],
  raw: Readonly<Record<string, unknown>>,
  httpMethod: string | undefined,
  site: IntegrationSite,
): Pick<Integration, 'uri' | 'httpMethod'> {
  const refuse = (why: string) =>
    badRequest(
      site.forImport
        ? `Errors found during import:\n\tUnable to put integration on '${site.method}' for resource at path '${site.path}': ${why}`
        : why,
    );
  const uri = optionalText(raw.uri, site.path) ?? '';
  // AWS keeps neither address nor method of what asks nobody.
  if (type === 'MOCK') return {};
  if (httpMethod === undefined) throw refuse('Enumeration value for HttpMethod must be non-empty');
  if (type === 'HTTP' || type === 'HTTP_PROXY') {
    if (!isAddress(uri)) throw refuse('Invalid HTTP endpoint specified for URI');
    return { uri, httpMethod };
  }
  if (uri === '') throw refuse('Integration URI must not be empty');
  if (!site.requireArns && type === 'AWS_PROXY') return { uri, httpMethod };
  if (!uri.startsWith('arn:')) throw refuse('Invalid ARN specified in the request');
  if (type === 'AWS') {
    if (!AWS_URI.test(uri)) throw refuse('AWS ARN for integration must contain path or action');
    return { uri, httpMethod };
  }
  if (!/:(?:path|action)\//.test(uri)) throw refuse('AWS ARN for integration must contain path or action');
  if (!LAMBDA_URI.test(uri))
    throw refuse(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  return { uri, httpMethod };
}

/** An address, in which stage variables and placeholders may take any place. */
function isAddress(uri: string): boolean {
  if (/^\$\{stageVariables\.\w+\}/.test(uri)) return true;
  return /^https?:\/\/[^/\s]+/.test(uri);
}

function timeout(value: unknown, streams: boolean): number {
  const longest = streams ? 900_000 : 29_000;
  const milliseconds = value === undefined || value === null ? 29_000 : Number(value);
  if (!Number.isInteger(milliseconds) || milliseconds < 50 || milliseconds > longest) {
    throw badRequest(`Timeout should be between 50 ms and ${longest} ms`);
  }
  return milliseconds;
}

/** @param pattern the selection pattern, `default` for none */
export function readResponse(pattern: string, value: unknown, site: IntegrationSite): IntegrationResponse {
  const where = `${site.method} ${site.path}`;
  const raw = object(value, where);
  const statusCode = optionalText(raw.statusCode, where) ?? '200';
  const responseParameters = texts(raw.responseParameters, where);
  const declared = site.methodResponses[statusCode]?.responseParameters ?? {};
  const undeclared = Object.keys(responseParameters).filter((parameter) => !hasParameter(declared, parameter));
  if (undeclared.length > 0) {
    throw badRequest(
      `${site.forImport ? `Errors found during import:\n\tUnable to put integration response on '${site.method}' for resource at path '${site.path}': ` : ''}Invalid mapping expression specified: Validation Result: warnings : [], errors : [${undeclared.map((parameter) => `Invalid mapping expression parameter specified: ${parameter}`).join(', ')}]`,
    );
  }
  for (const expression of Object.values(responseParameters)) {
    if (!isSource(expression, 'response')) throw invalidMapping([expression]);
  }
  const contentHandling = oneOf(CONTENT_HANDLING, raw.contentHandling, where);
  return {
    statusCode,
    ...(pattern !== 'default' && { selectionPattern: checkPattern(pattern) }),
    responseParameters,
    responseTemplates: texts(raw.responseTemplates, where),
    ...(contentHandling && { contentHandling }),
  };
}

/** Header names do not mind their case. */
function hasParameter(declared: Readonly<Record<string, boolean>>, parameter: string): boolean {
  const lower = parameter.toLowerCase();
  return Object.keys(declared).some((name) => name.toLowerCase() === lower);
}

function checkPattern(pattern: string): string {
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    throw badRequest(`Invalid selection pattern specified: ${pattern}`);
  }
}

/** Templates of gateway responses: text and variables, nothing of the mapping template language. */
export function templates(value: unknown, where: string): Readonly<Record<string, string>> {
  const result = texts(value, where);
  for (const text of Object.values(result)) {
    const velocity = velocityIn(text);
    if (velocity !== undefined) throw unsupported(`the mapping template language (${velocity} at ${where})`);
  }
  return result;
}

function oneOf<T extends string>(values: readonly T[], value: unknown, where: string): T | undefined {
  const text = optionalText(value, where)?.toUpperCase();
  if (text === undefined) return undefined;
  const known = values.find((candidate) => candidate === text);
  if (known === undefined) throw badRequest(`Invalid value ${text} (${where}): must be one of ${values.join(', ')}`);
  return known;
}
