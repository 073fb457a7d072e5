import { type HttpResponse, header } from '../../core/http.js';
import { isObject } from '../../core/json.js';
import { type Exchange, eventQuery, type Place, requestContext } from './exchange.js';
import { fieldValue } from './header-field.js';
import type { ApiModel, GatewayResponseDefinition, GatewayResponseType } from './model.js';
import { compileTemplate, type Template, type Variables } from './template.js';

interface Default {
  readonly status: number;
  readonly message: string | null;
  /** `x-amzn-ErrorType` */
  readonly errorType: string;
}

/** Statuses: developer guide, "Gateway response types". Messages and error types are what deployed APIs answer. */
const DEFAULTS: Readonly<Record<Exclude<GatewayResponseType, 'DEFAULT_4XX' | 'DEFAULT_5XX'>, Default>> = {
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  AUTHORIZER_FAILURE: { status: 500, message: null, errorType: 'AuthorizerFailureException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Bad Request', errorType: 'BadRequestException' },
  EXPIRED_TOKEN: {
    status: 403,
    message: 'The security token included in the request is expired',
    errorType: 'ExpiredTokenException',
  },
  INTEGRATION_FAILURE: { status: 504, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  INVALID_SIGNATURE: {
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    errorType: 'InvalidSignatureException',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestTooLargeException' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Not Found', errorType: 'NotFoundException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
  WAF_FILTERED: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
};

/** The status of a type that the API does not define; none of the two that stand for all others. */
export function usualStatus(type: GatewayResponseType): number | undefined {
  return type === 'DEFAULT_4XX' || type === 'DEFAULT_5XX' ? undefined : DEFAULTS[type].status;
}

export interface GatewayError {
  readonly type: keyof typeof DEFAULTS;
  /** Overrides the type's default message. */
  readonly message?: string;
  /** Overrides the type's default status; a configured status still wins. */
  readonly status?: number;
}

/** Says no on behalf of the API: by its own gateway responses where it has them. */
export type Refuse = (error: GatewayError, exchange: Exchange) => HttpResponse;

interface Compiled {
  readonly status: number | undefined;
  readonly headers: readonly (readonly [
    name: string,
    value: (exchange: Exchange, variables: Variables) => string | undefined,
  ])[];
  readonly templates: readonly (readonly [contentType: string, template: Template])[];
}

export function gatewayResponses(model: ApiModel, place: Place): Refuse {
  const compiled = new Map<string, Compiled>();
  for (const [type, definition] of Object.entries(model.gatewayResponses)) compiled.set(type, compile(definition));
  return (error, exchange) => {
    const preset = DEFAULTS[error.type];
    const message = error.message ?? preset.message;
    const own = compiled.get(error.type) ?? compiled.get(preset.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const status = own?.status ?? error.status ?? preset.status;
    exchange.error = { message, responseType: error.type };
    const headers: [string, string][] = [
      ['x-amzn-requestid', exchange.requestId],
      ['x-amzn-errortype', preset.errorType],
      ['x-amz-apigw-id', exchange.extendedRequestId],
    ];
    if (own === undefined) {
      headers.unshift(['content-type', 'application/json']);
      return { status, headers, body: defaultBody(error.type, message) };
    }
    const variables = contextVariables(exchange, place);
    const [contentType, template] = chooseTemplate(own.templates, exchange);
    headers.unshift(['content-type', contentType]);
    for (const [name, value] of own.headers) {
      const text = fieldValue(value(exchange, variables) ?? '');
      if (text) headers.push([name, text]);
    }
    return { status, headers, body: template?.(variables) ?? defaultBody(error.type, message) };
  };
}

/** Deployed APIs write the messages of integrations with a space, and a denial by a policy with a capital M. */
function defaultBody(type: GatewayResponseType, message: string | null): string {
  if (type === 'ACCESS_DENIED') return JSON.stringify({ Message: message });
  if (type.startsWith('INTEGRATION_') || type === 'API_CONFIGURATION_ERROR')
    return `{"message": ${JSON.stringify(message)}}`;
  return JSON.stringify({ message });
}

function compile(definition: GatewayResponseDefinition): Compiled {
  return {
    status: definition.statusCode,
    headers: Object.entries(definition.responseParameters).map(
      ([parameter, expression]) =>
        [parameter.replace(/^gatewayresponse\.header\./, '').toLowerCase(), parameterValue(expression)] as const,
    ),
    templates: Object.entries(definition.responseTemplates).map(
      ([contentType, template]) => [contentType, compileTemplate(template)] as const,
    ),
  };
}

/** The value of a response parameter: `'static'`, `method.request.header.X`, `context.x`, `stageVariables.x`. */
function parameterValue(expression: string): (exchange: Exchange, variables: Variables) => string | undefined {
  const quoted = /^'(.*)'$/s.exec(expression)?.[1];
  if (quoted !== undefined) return () => quoted;
  const [, place, name = ''] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(expression) ?? [];
  switch (place) {
    case 'header':
      return ({ request }) => header(request, name.toLowerCase());
    case 'querystring':
      return ({ request }) => eventQuery(request.query).single?.[name];
    case 'path':
      return ({ parameters }) => parameters?.[name];
    default:
      return (_exchange, variables) => {
        const value = variables(expression);
        return value === undefined || value === null ? undefined : String(value);
      };
  }
}

function chooseTemplate(
  templates: Compiled['templates'],
  { request }: Exchange,
): readonly [contentType: string, template: Template | undefined] {
  const accepted = header(request, 'accept') ?? '';
  return (
    templates.find(([type]) => accepted.includes(type)) ??
    templates.find(([type]) => type === 'application/json') ??
    templates[0] ?? ['application/json', undefined]
  );
}

/** The message with which a type of refusal leaves where the API does not say otherwise. */
export function messageOf(error: GatewayError): string | null {
  return error.message ?? DEFAULTS[error.type].message;
}

/** The status with which a type of refusal leaves where the API does not say otherwise. */
export function statusOf({ type, status }: GatewayError): number {
  return status ?? DEFAULTS[type].status;
}

/**
 * `$context` and `$stageVariables` of one exchange.
 * @param contextOf makes `$context`, where it is not that of a REST API
 */
export function contextVariables(
  exchange: Exchange,
  place: Place,
  contextOf: (exchange: Exchange, place: Place) => Record<string, unknown> = requestContext,
): Variables {
  let context: Record<string, unknown> | undefined;
  return (name) => {
    const [root, ...members] = name.split('.');
    if (root === 'stageVariables') return place.stageVariables?.[members.join('.')];
    if (members[0] === 'error') return errorMember(exchange, members[1]);
    if (members[0] === 'isCanaryRequest') return place.isCanaryRequest;
    context ??= contextOf(exchange, place);
    return members.reduce<unknown>(
      (value, member) => (isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined),
      context,
    );
  };
}

function errorMember({ error }: Exchange, member: string | undefined): unknown {
  if (error === undefined) return undefined;
  if (member === 'message') return error.message ?? '';
  if (member === 'messageString') return JSON.stringify(error.message);
  return member === 'responseType' ? error.responseType : undefined;
}
