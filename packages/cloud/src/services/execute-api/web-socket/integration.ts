import { isObject } from '../../../core/json.js';
import { boundedTest } from '../../../core/regular-expression.js';
import type { CallAws } from '../aws-request.js';
import { endpointOf, withStageVariables } from '../endpoint.js';
import type { Place } from '../exchange.js';
import { type GatewayError, messageOf, statusOf } from '../gateway-response.js';
import { type Invocation, type Invoker, payloadValue } from '../invoker.js';
import { compileMappings } from '../mapping/compiled-template.js';
import type { IntegrationRequest } from '../mapping/request.js';
import type { IntegrationAnswer } from '../mapping/response.js';
import { LazyScope } from '../mapping/scope.js';
import { compileSource, type Source } from '../mapping/source.js';
import { inTime, TIMED_OUT } from '../timeout.js';
import { TemplateError } from '../vtl/syntax.js';
import { requestExchange, routeArnOf, type WebSocketExchange, webSocketEvent } from './exchange.js';
import type { WebSocketIntegration, WebSocketIntegrationResponse } from './model.js';
import { eventScope, eventVariables } from './scope.js';
import { compileSelection } from './selection.js';

/** The answer of an integration to an event. */
export interface Outcome {
  readonly status: number;
  /** The text that a route with a route response sends to the client; undefined for nothing. */
  readonly body?: string | undefined;
  /** The sub-protocol that the answer to a request to connect chooses. */
  readonly protocol?: string | undefined;
  /** Milliseconds that the integration took. */
  readonly latency?: number;
}

/** The integration failed, or the gateway could not ask it. */
export interface Failure {
  readonly status: number;
  /** The message that the client receives. */
  readonly message: string;
  /** For the terminal. */
  readonly reason: string;
}

export type Integrate = (exchange: WebSocketExchange) => Promise<Outcome | Failure>;

export interface IntegrationSetting {
  readonly place: Place;
  readonly invoker: Invoker;
  readonly callAws: CallAws | undefined;
  readonly localUrl: (url: string) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const FAILED = 'Internal server error';
const PROTOCOL = 'sec-websocket-protocol';

/** The integration of a route. */
export function integrationOf(integration: WebSocketIntegration, setting: IntegrationSetting): Integrate {
  return integration.type === 'AWS_PROXY' ? lambdaProxy(integration, setting) : mapped(integration, setting);
}

function timedOut({ timeoutInMillis }: WebSocketIntegration): Failure {
  const error: GatewayError = { type: 'INTEGRATION_TIMEOUT' };
  const reason = `the integration did not answer in ${timeoutInMillis} ms`;
  return { status: statusOf(error), message: messageOf(error) ?? FAILED, reason };
}

function lambdaProxy(integration: WebSocketIntegration, { place, invoker, now }: IntegrationSetting): Integrate {
  const { uri = '', credentials, timeoutInMillis } = integration;
  const target = withStageVariables(uri, place);
  const role = credentials === undefined ? undefined : withStageVariables(credentials, place);
  return async (exchange) => {
    const began = now();
    const event = webSocketEvent(exchange, place);
    const sourceArn = routeArnOf(place, exchange.routeKey);
    let invocation: Invocation | typeof TIMED_OUT;
    try {
      invocation = await inTime(timeoutInMillis, (signal) => invoker.invoke(target, event, signal, sourceArn, role));
    } catch (error) {
      const reason = `the function could not be invoked: ${error instanceof Error ? error.message : String(error)}`;
      return { status: 500, message: FAILED, reason };
    }
    if (invocation === TIMED_OUT) return timedOut(integration);
    if ('functionError' in invocation) {
      const reason = `the function failed: ${invocation.errorMessage ?? invocation.functionError}`;
      return { status: 502, message: FAILED, reason };
    }
    return proxyOutcome('payload' in invocation ? invocation.payload : undefined, now() - began);
  };
}

/** The result of a function is an object with a status ("Lambda proxy integrations of WebSocket APIs"). */
function proxyOutcome(payload: unknown, latency: number): Outcome | Failure {
  const malformed = (what: string): Failure => ({
    status: 502,
    message: FAILED,
    reason: `malformed Lambda proxy response: ${what}`,
  });
  let result: unknown;
  try {
    result = payloadValue(payload);
  } catch {
    return malformed('it is not JSON');
  }
  if (!isObject(result)) return malformed('the result is not an object');
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return malformed('statusCode is not an HTTP status');
  const { body } = result;
  const headers = isObject(result.headers) ? Object.entries(result.headers) : [];
  const protocol = headers.find(([name]) => name.toLowerCase() === PROTOCOL)?.[1];
  return {
    status,
    latency,
    ...(typeof body === 'string' && { body }),
    ...(typeof protocol === 'string' && { protocol }),
  };
}

/** An integration of type AWS, HTTP, HTTP_PROXY or MOCK. */
function mapped(integration: WebSocketIntegration, setting: IntegrationSetting): Integrate {
  const { place, now } = setting;
  const endpoint = endpointOf(
    { ...integration, payloadFormatVersion: '1.0', responseTransferMode: 'BUFFERED', responses: [] },
    setting,
  );
  const mapRequest = requestMapping(integration, place);
  const mapResponse = integration.type === 'HTTP_PROXY' ? passed : responseMapping(integration.responses, place);
  return async (exchange) => {
    const began = now();
    const scope = new LazyScope(() => eventScope(exchange, place));
    try {
      const request = mapRequest(exchange, scope);
      if (request === undefined)
        return { status: 500, message: FAILED, reason: 'no request template is for the event' };
      const called = requestExchange(exchange);
      const sourceArn = routeArnOf(place, exchange.routeKey);
      const answer = await inTime(integration.timeoutInMillis, (signal) =>
        endpoint({ request, exchange: called, sourceArn, signal }),
      );
      if (answer === TIMED_OUT) return timedOut(integration);
      if ('error' in answer) {
        const { error, reason } = answer;
        return { status: statusOf(error), message: messageOf(error) ?? FAILED, reason };
      }
      return { ...mapResponse(answer, exchange, scope), latency: now() - began };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { status: 500, message: FAILED, reason: `the mapping template failed: ${error.message}` };
    }
  };
}

type MapRequest = (exchange: WebSocketExchange, scope: LazyScope) => IntegrationRequest | undefined;

function requestMapping(integration: WebSocketIntegration, place: Place): MapRequest {
  const templates = compileMappings(integration.requestTemplates);
  const select = compileSelection(integration.templateSelectionExpression ?? '\\$default');
  const parameters = Object.entries(integration.requestParameters ?? {}).flatMap(requestParameter);
  const { passthroughBehavior } = integration;
  const refuses =
    passthroughBehavior === 'NEVER' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(templates).length > 0);
  return (exchange, scope) => {
    const text = exchange.body ?? '';
    const payload = () => text;
    const key = select(eventVariables(exchange, place)).toLowerCase();
    const template = templates[key] ?? templates.$default;
    if (template === undefined && refuses) return undefined;
    const headers = new Map<string, readonly string[]>();
    const query: [string, string][] = [];
    const path = new Map<string, string>();
    for (const { where, name, source } of parameters) {
      const values = source({ scope: scope.value, payload });
      if (values.length === 0) continue;
      if (where === 'header') headers.set(name.toLowerCase(), values);
      else if (where === 'path') path.set(name, values.join(','));
      else for (const value of values) query.push([name, value]);
    }
    return { path, query, headers, body: Buffer.from(template?.(payload, scope) ?? text, 'utf8') };
  };
}

interface RequestParameter {
  readonly where: string;
  readonly name: string;
  readonly source: Source;
}

function requestParameter([target, expression]: readonly [string, string]): readonly RequestParameter[] {
  const [, where, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
  if (where === undefined) return [];
  // The request of a route is mapped by the words for that of a method.
  return [{ where, name, source: compileSource(expression.replace(/^route\.request\./, 'method.request.')) }];
}

type MapResponse = (answer: IntegrationAnswer, exchange: WebSocketExchange, scope: LazyScope) => Outcome;

const passed: MapResponse = ({ status, body }) => ({ status, body: Buffer.from(body).toString('utf8') });

const selection = (pattern: string | undefined) =>
  pattern === undefined ? undefined : boundedTest(`^(?:${pattern})$`);

/** Chooses the response by its key; without any, the answer is nobody's, and its status alone counts. */
function responseMapping(responses: readonly WebSocketIntegrationResponse[], place: Place): MapResponse {
  const compiled = responses.map(({ key, templates, templateSelectionExpression = '\\$default', parameters }) => ({
    selects: selection(/^\/(.*)\/$/s.exec(key)?.[1]),
    isDefault: key === '$default',
    templates: compileMappings(templates),
    select: compileSelection(templateSelectionExpression),
    protocol: Object.entries(parameters).find(
      ([name]) => name.toLowerCase() === `route.response.header.${PROTOCOL}`,
    )?.[1],
  }));
  return (answer, exchange, scope) => {
    const { status, body, selector, headers } = answer;
    const failed = selector !== '' && !/^\d{3}$/.test(selector);
    const chosen = compiled.find(({ selects }) => selects?.(selector)) ?? compiled.find(({ isDefault }) => isDefault);
    const text = Buffer.from(body).toString('utf8');
    const settled = { status: failed ? 500 : status };
    if (chosen === undefined) return settled;
    const payload = () => text;
    const key = chosen.select(eventVariables(exchange, place)).toLowerCase();
    const template = chosen.templates[key] ?? chosen.templates.$default;
    const protocol =
      chosen.protocol === undefined
        ? undefined
        : compileSource(chosen.protocol)({ scope: scope.value, payload, headers })[0];
    return { ...settled, body: template?.(payload, scope) ?? text, protocol };
  };
}
