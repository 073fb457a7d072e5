import { AwsError } from '../../core/aws-error.js';
import { type HttpRequest, type HttpResponse, header } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { acceptsJson, legacyJson } from '../../model/legacy-json.js';
import { queryCodeOf } from '../../model/query-code.js';
import { queryFormat, queryTree } from '../../model/query-format.js';
import { serviceModel } from '../../model/service-model.js';
import { createReaders } from '../../model/value-reader.js';
import { createXmlWriters } from '../../model/xml-writer.js';
import { asAwsError } from '../internal-failure.js';
import { escapeXml, writeXml } from '../xml.js';

/**
 * AWS query: form parameters in, XML out, members as the model has them.
 *
 * A client that accepts JSON alone gets the same members as JSON.
 *
 * @param service the cloud's name of the service, whose model is read at its first call
 */
export function queryProtocol(service: string, { errorDetail = false }: QueryOptions = {}): Protocol {
  let prepared: ReturnType<typeof prepare> | undefined;
  const wire = () => {
    prepared ??= prepare(service);
    return prepared;
  };
  return {
    family: 'query',
    decode: (request) => {
      const { model, readerOf } = wire();
      const parameters = parametersOf(request);
      const operation = parameters.get('Action');
      if (operation === null) throw new AwsError('MissingAction', 'The request has no Action parameter', 400);
      const asked = parameters.get('Version') ?? model.version;
      const shape = model.operations[operation]?.input;
      if (asked !== model.version) {
        throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${asked}`);
      }
      parameters.delete('Action');
      parameters.delete('Version');
      const tree = queryTree(parameters);
      return { operation, input: shape === undefined ? tree : readerOf(shape)(tree, '') };
    },
    encode: (operation, output, requestId, request) => {
      const { model, namespace, writerOf } = wire();
      const shape = model.operations[operation]?.output ?? 'unit';
      if (acceptsJson(request)) {
        const result = shape === 'unit' ? {} : { [`${operation}Result`]: legacyJson(model, shape, output ?? {}) };
        const metadata = { ResponseMetadata: { RequestId: requestId } };
        return json(200, requestId, { [`${operation}Response`]: { ...result, ...metadata } });
      }
      const written = shape === 'unit' ? '' : writerOf(shape)(`${operation}Result`, output ?? {});
      const result = written === `<${operation}Result></${operation}Result>` ? `<${operation}Result/>` : written;
      const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
      const body = `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
      return answer(200, requestId, body);
    },
    encodeError: (error, requestId, request) => {
      const { model, namespace } = wire();
      const { code, message, status, fields } = asAwsError(error);
      const members = {
        Type: status < 500 ? 'Sender' : 'Receiver',
        Code: queryCodeOf(model, code),
        Message: message,
        ...fields,
      };
      if (acceptsJson(request)) return json(status, requestId, { Error: members, RequestId: requestId });
      const body = {
        '@xmlns': namespace,
        Error: { ...members, ...(errorDetail && { Detail: '' }) },
        RequestId: requestId,
      };
      return answer(status, requestId, writeXml('ErrorResponse', body, 'member'));
    },
  };
}

export interface QueryOptions {
  /** Errors have an empty `Detail`, as those of SQS. @default false */
  readonly errorDetail?: boolean;
}

function json(status: number, requestId: string, body: object): HttpResponse {
  return {
    status,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', 'application/json'],
    ],
    body: JSON.stringify(body),
  };
}

/** Those of the body and of the query; a body that is not a form counts where the query names no operation. */
function parametersOf(request: HttpRequest): URLSearchParams {
  const parameters = new URLSearchParams(request.query);
  if (request.body.length === 0) return parameters;
  const isForm = (header(request, 'content-type') ?? '').includes('x-www-form-urlencoded');
  if (!isForm && parameters.has('Action')) return parameters;
  const body = new URLSearchParams(Buffer.from(request.body).toString());
  for (const name of new Set(parameters.keys())) {
    if (!body.has(name)) for (const value of parameters.getAll(name)) body.append(name, value);
  }
  return body;
}

function answer(status: number, requestId: string, body: string): HttpResponse {
  return {
    status,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', 'text/xml'],
    ],
    body,
  };
}

function prepare(service: string) {
  const model = serviceModel(service);
  return {
    model,
    namespace: model.xmlNamespace ?? `http://queue.amazonaws.com/doc/${model.version}/`,
    readerOf: createReaders(model, queryFormat),
    writerOf: createXmlWriters(model),
  };
}
