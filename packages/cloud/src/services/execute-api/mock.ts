import { type HttpResponse, header } from '../../core/http.js';
import type { IsBinary } from './binary.js';
import type { Exchange, Place } from './exchange.js';
import { contextVariables, type GatewayError } from './gateway-response.js';
import { fieldValue } from './header-field.js';
import type { Integration } from './model.js';
import { compileTemplate, forMediaType, type Variables } from './template.js';

export type Mock = (exchange: Exchange) => HttpResponse | GatewayError;

/**
 * A mock integration: the request template says the status that the integration "came back with", which selects the
 * integration response (developer guide, "Mock integrations for REST APIs in API Gateway").
 */
export function mockIntegration(integration: Integration, place: Place, isBinary: IsBinary): Mock {
  const templates = mapValues(integration.requestTemplates, compileTemplate);
  const responses = integration.responses.map((response) => ({
    status: Number(response.statusCode),
    selects: response.selectionPattern ? new RegExp(`^(?:${response.selectionPattern})$`) : undefined,
    headers: Object.entries(response.responseParameters).map(
      ([parameter, expression]) =>
        [parameter.replace(/^method\.response\.header\./, '').toLowerCase(), expression] as const,
    ),
    bodies: Object.entries(response.responseTemplates).map(([type, text]) => [type, compileTemplate(text)] as const),
  }));
  const misconfigured: GatewayError = { type: 'API_CONFIGURATION_ERROR' };

  return (exchange) => {
    const contentType = header(exchange.request, 'content-type');
    // A template maps text; a binary request that is not converted to text never reaches it.
    if (isBinary(contentType) && integration.contentHandling !== 'CONVERT_TO_TEXT') return misconfigured;
    const variables = contextVariables(exchange, place);
    const template = forMediaType(templates, contentType);
    if (template === undefined && refusesPassthrough(integration)) return { type: 'UNSUPPORTED_MEDIA_TYPE' };
    const request = template?.(variables) ?? Buffer.from(exchange.request.body).toString('utf8');
    const code = /["']?\bstatusCode\b["']?\s*:\s*["']?(\d{3})\b/.exec(request)?.[1];
    if (code === undefined) return misconfigured;
    const response =
      responses.find(({ selects }) => selects?.test(code)) ?? responses.find(({ selects }) => selects === undefined);
    if (response === undefined) return misconfigured;
    const [type = 'application/json', body] =
      response.bodies.find(([name]) => name === 'application/json') ?? response.bodies[0] ?? [];
    const headers: [string, string][] = [];
    for (const [name, expression] of response.headers) {
      const value = fieldValue(expressionValue(expression, variables) ?? '');
      if (value) headers.push([name, value]);
    }
    if (!headers.some(([name]) => name === 'content-type')) headers.unshift(['content-type', type]);
    headers.push(['x-amzn-requestid', exchange.requestId], ['x-amz-apigw-id', exchange.extendedRequestId]);
    return { status: response.status, headers, body: body?.(variables) ?? '' };
  };
}

function refusesPassthrough(integration: Integration): boolean {
  if (integration.passthroughBehavior === 'NEVER') return true;
  return (
    integration.passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(integration.requestTemplates).length > 0
  );
}

function expressionValue(expression: string, variables: Variables): string | undefined {
  const quoted = /^'(.*)'$/s.exec(expression)?.[1];
  if (quoted !== undefined) return quoted;
  const value = variables(expression);
  return value === undefined || value === null ? undefined : String(value);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
