import { defined } from '../../../core/defined.js';
import { endpointOf } from '../endpoint.js';
import type { Exchange, Place } from '../exchange.js';
import { passResponse } from '../mapped-integration.js';
import { requestMapping } from '../mapping/request.js';
import { LazyScope, mappingScope } from '../mapping/scope.js';
import type { Integration } from '../model.js';
import { inTime, TIMED_OUT } from '../timeout.js';
import { mapRequestParameters, withRequest } from './parameter-mapping.js';

export interface PassedOn {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  readonly body: Uint8Array;
}

export interface NotPassedOn {
  readonly status: number;
  readonly message: string;
  /** For the terminal. */
  readonly reason: string;
}

/** Passes a request on to an address, with the variables of the route's path in the address' placeholders. */
export type HttpProxy = (exchange: Exchange) => Promise<PassedOn | NotPassedOn>;

/** The HTTP_PROXY integration of an HTTP API (developer guide, "Create HTTP proxy integrations for HTTP APIs"). */
export function httpProxy(
  integration: Integration,
  place: Place,
  localUrl: (url: string) => string = (url) => url,
): HttpProxy {
  const endpoint = endpointOf(integration, { place, callAws: undefined, localUrl });
  const mapRequest = requestMapping(integration, () => false);
  const mapParameters = mapRequestParameters(integration.requestParameters ?? {});
  const { timeoutInMillis } = integration;
  return async (exchange) => {
    const changed = mapParameters?.(exchange, place);
    const sent = changed ? withRequest(exchange, changed) : exchange;
    const scope = new LazyScope(() => mappingScope(sent, place));
    const mapped = mapRequest(sent, scope);
    if ('type' in mapped) return { status: 500, message: 'Internal Server Error', reason: mapped.type };
    const request = {
      ...mapped,
      path: new Map(Object.entries(exchange.parameters ?? {})),
      ...defined({ wholePath: changed?.path }),
    };
    const answer = await inTime(timeoutInMillis, (signal) => endpoint({ request, exchange, sourceArn: '', signal }));
    if (answer === TIMED_OUT) {
      const reason = `the endpoint did not answer in ${timeoutInMillis} ms`;
      return { status: 503, message: 'Service Unavailable', reason };
    }
    if ('error' in answer) return { status: 500, message: 'Internal Server Error', reason: answer.reason };
    const response = passResponse(answer, exchange, scope);
    if ('type' in response) return { status: 500, message: 'Internal Server Error', reason: response.type };
    return {
      status: response.status,
      headers: response.headers.map(([name, value]) => [name, value]),
      body: answer.body,
    };
  };
}
