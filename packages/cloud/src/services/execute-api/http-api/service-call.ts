import { AwsError } from '../../../core/aws-error.js';
import { collectBytes } from '../../../core/bytes.js';
import { defined } from '../../../core/defined.js';
import type { CallAws } from '../aws-request.js';
import { type Exchange, type Place, routeArn } from '../exchange.js';
import type { Integration, Route } from '../model.js';
import { inTime, TIMED_OUT } from '../timeout.js';
import type { NotPassedOn, PassedOn } from './http-proxy.js';
import { compileValue } from './mapping-value.js';
import { serviceRequest, subtypeParameters } from './service-integration.js';

const FAILED = { status: 500, message: 'Internal Server Error' };

/** An integration of an HTTP API that calls a service ("Create AWS service integrations for HTTP APIs"). */
export function serviceCall(
  { subtype = '', requestParameters = {}, credentials, timeoutInMillis }: Integration,
  route: Route,
  place: Place,
  callAws: CallAws | undefined,
): (exchange: Exchange) => Promise<PassedOn | NotPassedOn> {
  const values = Object.entries(requestParameters).map(([name, text]) => [name, compileValue(text)] as const);
  const needs = subtypeParameters(subtype)?.needs ?? [];
  return async (exchange) => {
    if (callAws === undefined) {
      const reason = 'integrations with AWS services are served by the local cloud alone';
      return { status: 501, message: reason, reason };
    }
    const parameters = Object.fromEntries(
      values.flatMap(([name, value]) => {
        const text = value({ exchange, place });
        return text === undefined ? [] : [[name, text]];
      }),
    );
    const missing = needs.filter((name) => parameters[name] === undefined);
    if (missing.length > 0) {
      const reason = `the request has no value for ${missing.join(', ')}`;
      return { status: 400, message: 'Bad Request', reason };
    }
    const request = serviceRequest(subtype, parameters);
    if (request === undefined) return { ...FAILED, reason: `the subtype ${subtype} is unknown` };
    try {
      const answer = await inTime(timeoutInMillis, (signal) =>
        callAws({
          uri: `arn:aws:apigateway:${parameters.Region ?? place.region}:${request.action}`,
          method: 'POST',
          query: [],
          headers: [['content-type', request.contentType]],
          body: Buffer.from(request.body, 'utf8'),
          ...defined({ credentials }),
          sourceArn: routeArn(place, exchange, route),
          signal,
        }),
      );
      if (answer === TIMED_OUT) {
        const reason = `the service did not answer in ${timeoutInMillis} ms`;
        return { status: 503, message: 'Service Unavailable', reason };
      }
      return {
        status: answer.status,
        headers: answer.headers
          .filter(([name]) => !/^content-length$/i.test(name))
          .map(([name, value]) => [name.toLowerCase(), value]),
        body: (await collectBytes(answer.body)) ?? new Uint8Array(0),
      };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code !== 'UnsupportedService') return { ...FAILED, reason: error.message };
      return { status: 501, message: error.message, reason: error.message };
    }
  };
}
