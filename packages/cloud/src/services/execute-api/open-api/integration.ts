import type { Integration, IntegrationResponse, MethodResponse } from '../model.js';
import { velocityIn } from '../template.js';
import { list, object, optionalText, texts } from './json.js';
import { badRequest, unsupported } from './refusal.js';

export interface IntegrationSite {
  readonly method: string;
  readonly path: string;
  readonly methodResponses: Readonly<Record<string, MethodResponse>>;
  readonly requireArns: boolean;
}

const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;
const CONTENT_HANDLING = ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'] as const;
const TRANSFER_MODES = ['BUFFERED', 'STREAM'] as const;
const LAMBDA_URI =
  /^arn:aws[a-z-]*:apigateway:[^:]+:lambda:path\/(?:2015-03-31\/functions\/.+\/invocations|2021-11-15\/functions\/.+\/response-streaming-invocations)$/;

/** Reads `x-amazon-apigateway-integration`, or the same members as PutIntegration names them. */
export function readIntegration(value: unknown, site: IntegrationSite): Integration {
  const where = `${site.method} ${site.path}`;
  const raw = object(value, where);
  const type = optionalText(raw.type, where)?.toUpperCase();
  if (type === 'HTTP' || type === 'HTTP_PROXY' || type === 'AWS')
    throw unsupported(`the integration type ${type} (${where})`);
  if (type !== 'AWS_PROXY' && type !== 'MOCK') {
    throw badRequest(`Unable to parse API definition because of a malformed integration at path ${site.path}.`);
  }
  refuseUnsupported(raw, where);
  const contentHandling = oneOf(CONTENT_HANDLING, raw.contentHandling, where);
  const responseTransferMode = oneOf(TRANSFER_MODES, raw.responseTransferMode, where) ?? 'BUFFERED';
  const httpMethod = optionalText(raw.httpMethod, where)?.toUpperCase();
  return {
    type,
    ...(type === 'AWS_PROXY' ? lambda(raw, httpMethod, site) : httpMethod !== undefined && { httpMethod }),
    payloadFormatVersion: '1.0',
    timeoutInMillis: timeout(raw.timeoutInMillis, responseTransferMode === 'STREAM'),
    responseTransferMode,
    passthroughBehavior: oneOf(PASSTHROUGH, raw.passthroughBehavior, where) ?? 'WHEN_NO_MATCH',
    ...(contentHandling && { contentHandling }),
    requestTemplates: templates(raw.requestTemplates, where),
    responses: Object.entries(object(raw.responses, where)).map(([pattern, response]) =>
      readResponse(pattern, response, site),
    ),
  };
}

function refuseUnsupported(raw: Readonly<Record<string, unknown>>, where: string): void {
  if (raw.connectionType !== undefined && raw.connectionType !== 'INTERNET') throw unsupported(`VPC links (${where})`);
  if (raw.credentials !== undefined && raw.credentials !== null)
    throw unsupported(`integration credentials (${where})`);
  if (list(raw.cacheKeyParameters, where).length > 0) throw unsupported(`cache key parameters (${where})`);
  if (Object.keys(object(raw.requestParameters, where)).length > 0)
    throw unsupported(`integration request parameters (${where})`);
  if (raw.payloadFormatVersion === '2.0' || raw.payloadFormatVersion === 2)
    throw unsupported(`payload format version 2.0 (${where})`);
}

function lambda(
  raw: Readonly<Record<string, unknown>>,
  httpMethod: string | undefined,
  site: IntegrationSite,
): { readonly uri: string; readonly httpMethod: string } {
  const refuse = (why: string) =>
    badRequest(
      `Errors found during import:\n\tUnable to put integration on '${site.method}' for resource at path '${site.path}': ${why}`,
    );
  const uri = optionalText(raw.uri, site.path) ?? '';
  if (uri === '') throw refuse('Integration URI must not be empty');
  if (httpMethod === undefined) throw refuse('Enumeration value for HttpMethod must be non-empty');
  if (site.requireArns) {
    if (!uri.startsWith('arn:')) throw refuse('Invalid ARN specified in the request');
    if (!LAMBDA_URI.test(uri)) throw unsupported(`the integration URI ${uri} (${site.method} ${site.path})`);
  }
  return { uri, httpMethod };
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
      `Errors found during import:\n\tUnable to put integration response on '${site.method}' for resource at path '${site.path}': Invalid mapping expression specified: Validation Result: warnings : [], errors : [${undeclared.map((parameter) => `Invalid mapping expression parameter specified: ${parameter}`).join(', ')}]`,
    );
  }
  for (const expression of Object.values(responseParameters)) {
    if (
      !/^'[^']*'$/.test(expression) &&
      !expression.startsWith('context.') &&
      !expression.startsWith('stageVariables.')
    ) {
      throw unsupported(`the mapping ${expression} (${where})`);
    }
  }
  const contentHandling = oneOf(CONTENT_HANDLING, raw.contentHandling, where);
  return {
    statusCode,
    ...(pattern !== 'default' && pattern !== '' && { selectionPattern: checkPattern(pattern) }),
    responseParameters,
    responseTemplates: templates(raw.responseTemplates, where),
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

/** Mapping templates of text and `$context` variables. */
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
