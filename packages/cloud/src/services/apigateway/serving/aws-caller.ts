import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { HttpRequest } from '../../../core/http.js';
import type { Scope } from '../../../core/operation.js';
import type { DecodedCall, Service } from '../../../core/service.js';
import { unknownService } from '../../../gateway/dispatcher.js';
import { serviceModel } from '../../../model/service-model.js';
import type { AwsRequest, CallAws } from '../../execute-api/index.js';
import { integrationCallers } from './integration-caller.js';

const URI = /^arn:[^:]*:apigateway:(?<region>[^:]*):(?<service>[^:]+):(?<kind>path|action)\/(?<rest>.+)$/s;

/**
 * Calls the services of this cloud for integrations of type AWS: as the request that API Gateway would sign and send,
 * read by the service's own protocol, and decided by IAM for the integration's role.
 */
export function awsCaller(context: CloudContext, owner: Scope): CallAws {
  const callers = integrationCallers(context, owner);
  return async (asked) => {
    const { region = '', service: name = '', kind, rest = '' } = URI.exec(asked.uri)?.groups ?? {};
    const service = serviceOf(context, name);
    const request = kind === 'action' ? actionRequest(service, rest, asked) : pathRequest(rest, asked);
    request.headers.push(['host', `${name}.${region}.amazonaws.com`]);
    const call = await callers.callOf({ account: owner.account, region }, asked.sourceArn, asked.credentials);
    const { protocol } = service;
    try {
      const { operation, input } = decode(service, request);
      const output = await context.dispatch(service.name, operation, input, { ...call, signal: asked.signal });
      return protocol.encode(operation, output, call.requestId, request);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (!(failure instanceof AwsError)) {
        const message = `${service.name} failed for ${asked.uri}: ${failure.stack}`;
        context.emit({ kind: 'warning', time: context.now(), message });
      }
      return protocol.encodeError(failure, call.requestId, request);
    }
  };
}

type Sent = Omit<HttpRequest, 'headers'> & { readonly headers: [name: string, value: string][] };

/** A host may stand before the service: `bucket.s3`. */
function serviceOf({ services }: CloudContext, name: string): Service {
  const signingName = name.split('.').at(-1) ?? '';
  for (const service of services.values()) if (service.signingNames.includes(signingName)) return service;
  throw unknownService(signingName, services);
}

function decode(service: Service, request: Sent): DecodedCall {
  const body = {
    length: request.body.length,
    trailers: [],
    [Symbol.asyncIterator]: async function* () {
      yield request.body;
    },
  };
  return service.protocol.decodeStreamed?.(request, body) ?? service.protocol.decode(request);
}

function sentOf({ method, headers, body, signal }: AwsRequest, path: string, query: string): Sent {
  return { method, path, query, headers: [...headers].map(([...pair]) => pair), body, sourceIp: '127.0.0.1', signal };
}

function queryOf(pairs: AwsRequest['query'], more = ''): string {
  const query = new URLSearchParams(more);
  for (const [name, value] of pairs) query.append(name, value);
  return query.toString();
}

function pathRequest(rest: string, asked: AwsRequest): Sent {
  const [path = '', query = ''] = rest.split('?');
  return sentOf(asked, `/${path.split('/').map(escapePart).join('/')}`, queryOf(asked.query, query));
}

/** Escapes what a path cannot have; what is escaped already stays. */
function escapePart(part: string): string {
  return encodeURIComponent(part.toWellFormed())
    .replace(/%25([0-9A-Fa-f]{2})/g, '%$1')
    .replaceAll('%3A', ':');
}

/** An action by its name (`sqs:action/SendMessage&Version=2012-11-05`): where it is named depends on the protocol. */
function actionRequest(service: Service, rest: string, asked: AwsRequest): Sent {
  const [action = '', ...more] = rest.split('&');
  const model = serviceModel(service.name);
  // Parameters in the query, and no body, are of the query protocol, which some services of JSON have kept.
  const isQuery = asked.query.length > 0 && asked.body.length === 0;
  if (model.protocol.startsWith('json') && model.queryCompatible !== true && !isQuery) {
    const sent = sentOf(asked, '/', '');
    if (!sent.headers.some(([name]) => name === 'x-amz-target'))
      sent.headers.push(['x-amz-target', `${model.target}.${action}`]);
    return sent;
  }
  return sentOf(asked, '/', queryOf(asked.query, [`Action=${encodeURIComponent(action)}`, ...more].join('&')));
}
