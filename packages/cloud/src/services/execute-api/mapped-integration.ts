import type { HttpResponse } from '../../core/http.js';
import type { IsBinary } from './binary.js';
import { type Endpoint, type EndpointFailure, type EndpointSetting, endpointOf } from './endpoint.js';
import { type Asked, type CompiledRoute, type Exchange, routeArn } from './exchange.js';
import { traceFailure } from './execution-log.js';
import type { GatewayError } from './gateway-response.js';
import { requestMapping } from './mapping/request.js';
import { type IntegrationAnswer, type MapResponse, responseMapping } from './mapping/response.js';
import { LazyScope, mappingScope } from './mapping/scope.js';
import type { Integration } from './model.js';
import { sentName } from './proxy-response.js';
import { inTime, TIMED_OUT } from './timeout.js';
import { TemplateError } from './vtl/syntax.js';

export interface MappedSetting extends EndpointSetting {
  readonly route: CompiledRoute;
  readonly isBinary: IsBinary;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (message: string) => void;
}

/**
 * An integration of type MOCK, AWS, HTTP or HTTP_PROXY: the method's request is mapped to the integration's, and what
 * the integration came back with to the method's response (developer guide, "Data transformations for REST APIs").
 */
export function mappedIntegration(setting: MappedSetting, integration: Integration) {
  const { route, place, isBinary, now, log } = setting;
  const mapRequest = requestMapping(integration, isBinary);
  const mapResponse = integration.type === 'HTTP_PROXY' ? passResponse : responseMapping(integration, isBinary);
  const endpoint = endpointOf(integration, setting);
  const name = `${route.method} ${route.path}`;

  return async (exchange: Exchange): Promise<HttpResponse | GatewayError> => {
    const began = now();
    const failed = (reason: string, error: GatewayError, told: Partial<Asked> = {}, logged = reason): GatewayError => {
      log(`${name}: ${reason}`);
      traceFailure(exchange, error, logged);
      exchange.integration = { latency: now() - began, error: reason, ...told };
      return error;
    };
    const scope = new LazyScope(() => mappingScope(exchange, place));
    try {
      const request = mapRequest(exchange, scope);
      if ('type' in request) return request;
      const answer = await ask(endpoint, (signal) => ({
        request,
        exchange,
        sourceArn: routeArn(place, exchange, route),
        signal,
      }));
      if (answer === TIMED_OUT)
        return failed(`the integration did not answer in ${integration.timeoutInMillis} ms`, {
          type: 'INTEGRATION_TIMEOUT',
        });
      if ('error' in answer) return failed(answer.reason, answer.error, {}, answer.logged);
      const response = mapResponse(answer, exchange, scope);
      if ('type' in response)
        return failed(
          `no integration response is for ${JSON.stringify(answer.selector)}`,
          response,
          { status: answer.status },
          `No match for output mapping and no default endpoint response configured. Endpoint Response Status Code: ${answer.status}`,
        );
      exchange.integration = { latency: now() - began, status: answer.status, serviceStatus: answer.status };
      return {
        ...response,
        headers: [
          ...response.headers,
          ['x-amzn-requestid', exchange.requestId],
          ['x-amz-apigw-id', exchange.extendedRequestId],
          ...(integration.type === 'MOCK' ? [] : [['x-amzn-trace-id', exchange.answeredTraceId] as const]),
        ],
      };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return failed(`the mapping template failed: ${error.message}`, { type: 'API_CONFIGURATION_ERROR' });
    }
  };

  async function ask(
    to: Endpoint,
    callOf: (signal: AbortSignal) => Parameters<Endpoint>[0],
  ): Promise<IntegrationAnswer | EndpointFailure | typeof TIMED_OUT> {
    return integration.type === 'MOCK'
      ? to(callOf(NEVER))
      : inTime(integration.timeoutInMillis, (signal) => to(callOf(signal)));
  }
}

const NEVER = new AbortController().signal;

/** The response of a proxy integration leaves as it came. */
export const passResponse: MapResponse = ({ status, headers, body }) => ({
  status,
  headers: headers.flatMap(([name, value]): [string, string][] => {
    const sent = name === 'content-length' || name === 'connection' ? null : sentName(name);
    return sent === null ? [] : [[sent, value]];
  }),
  body,
});
