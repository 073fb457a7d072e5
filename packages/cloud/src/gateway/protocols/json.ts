import { AwsError } from '../../core/aws-error.js';
import { type HttpResponse, header, type RequestHead } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { jsonFormat } from '../../model/json-format.js';
import { createJsonWriters } from '../../model/json-writer.js';
import { headerCodeOf } from '../../model/query-code.js';
import { type ErrorModel, type ServiceModel, serviceModel, structureOf } from '../../model/service-model.js';
import { createReaders } from '../../model/value-reader.js';
import { asAwsError } from '../internal-failure.js';
import { readJson, writeJson } from '../json.js';
import { EVENT_STREAM, jsonEvents, rpcEventStream } from './event-stream.js';

export interface JsonOptions {
  /** True where errors bear the service's namespace: `com.amazonaws.sqs#QueueDoesNotExist`. */
  readonly namedErrors?: boolean;
}

/**
 * AWS JSON 1.0 and 1.1: one address, the operation in X-Amz-Target, members as the model has them.
 *
 * @param service the cloud's name of the service, whose model is read at its first call
 */
export function jsonProtocol(service: string, { namedErrors = false }: JsonOptions = {}): Protocol {
  let prepared: ReturnType<typeof prepare> | undefined;
  const wire = () => {
    prepared ??= prepare(service);
    return prepared;
  };
  const answer = (status: number, requestId: string, body: HttpResponse['body'], type?: string): HttpResponse => ({
    status,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', type ?? wire().contentType],
    ],
    body,
  });
  return {
    family: 'json',
    decode: (request) => {
      const { model, readerOf } = wire();
      const operation = targetOperation(request, model);
      const raw = readJson(request.body);
      const shape = model.operations[operation]?.input;
      return { operation, input: shape === undefined ? raw : readerOf(shape)(raw, '') };
    },
    encode: (operation, output, requestId) => {
      const { model, writerOf, contentType } = wire();
      const shape = model.operations[operation]?.output ?? 'unit';
      const events = rpcEventStream(model, shape, Object(output), jsonEvents(contentType, writerOf));
      if (events) return answer(200, requestId, events, EVENT_STREAM);
      // An answer that has no members yet is an object; one that never has any is empty.
      const body = shape === 'unit' ? '' : JSON.stringify(writerOf(shape)(output ?? {}));
      return answer(200, requestId, body);
    },
    encodeError: (error, requestId) => {
      const { model } = wire();
      const { code, message, status, fields } = asAwsError(error);
      const type = namedErrors ? `${model.namespace}#${code}` : code;
      const said = answer(
        status,
        requestId,
        writeJson({ __type: type, ...(message !== '' && { [messageMember(model, code)]: message }), ...fields }),
      );
      if (!model.queryCompatible) return said;
      const queryCode = headerCodeOf(model, code);
      const fault = status < 500 ? 'Sender' : 'Receiver';
      return { ...said, headers: [...said.headers, ['x-amzn-query-error', `${queryCode};${fault}`]] };
    },
  };
}

/** @throws AwsError UnknownOperationException if the service does not have the operation of the X-Amz-Target header */
export function targetOperation(request: RequestHead, { target: prefix = '' }: Pick<ServiceModel, 'target'>): string {
  const target = header(request, 'x-amz-target') ?? '';
  if (target.startsWith(`${prefix}.`)) return target.slice(prefix.length + 1);
  throw new AwsError('UnknownOperationException', `X-Amz-Target is ${target || 'missing'}, not ${prefix}.*`);
}

/** `Message`, where the model writes it so: for this error, or for every one of the service. */
function messageMember(model: ServiceModel, code: string): 'message' | 'Message' {
  const isUpper = ({ shape }: ErrorModel) => structureOf(model, shape)?.members.Message !== undefined;
  const own = Object.hasOwn(model.errors, code) ? model.errors[code] : undefined;
  return (own ? isUpper(own) : Object.values(model.errors).every(isUpper)) ? 'Message' : 'message';
}

function prepare(service: string) {
  const model = serviceModel(service);
  const version = model.protocol === 'json-1.1' ? '1.1' : '1.0';
  return {
    model,
    contentType: `application/x-amz-json-${version}`,
    readerOf: createReaders(model, jsonFormat),
    writerOf: createJsonWriters(model),
  };
}
