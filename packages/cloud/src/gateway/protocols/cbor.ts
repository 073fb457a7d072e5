import { cbor } from '@smithy/core/cbor';
import { AwsError } from '../../core/aws-error.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { type CborTime, cborFormat, createCborWriters } from '../../model/cbor-format.js';
import { type Member, type ServiceModel, serviceModel } from '../../model/service-model.js';
import { createReaders } from '../../model/value-reader.js';
import { asAwsError } from '../internal-failure.js';
import { EVENT_STREAM, rpcEventStream } from './event-stream.js';
import { targetOperation } from './json.js';

/** One of AWS's two protocols of CBOR. */
interface CborKind {
  readonly contentType: string;
  readonly headers: HttpResponse['headers'];
  readonly time: CborTime;
  readonly operationOf: (request: HttpRequest, model: ServiceModel) => string;
}

/** AWS JSON 1.1 with CBOR in the place of JSON, which Java's clients of Kinesis speak. */
export const AMZ_CBOR: CborKind = {
  contentType: 'application/x-amz-cbor-1.1',
  headers: [],
  time: 'milliseconds',
  operationOf: targetOperation,
};

/** Smithy RPC v2 CBOR: the operation is in the path. */
export const RPC_V2_CBOR: CborKind = {
  contentType: 'application/cbor',
  headers: [['smithy-protocol', 'rpc-v2-cbor']],
  time: 'seconds',
  operationOf: ({ path }) => {
    const name = /\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
    if (name === undefined) throw new AwsError('UnknownOperationException', `The path ${path} names no operation`);
    return name;
  },
};

/** The protocol of CBOR that a client chose; undefined for another one. */
export function cborKindOf(request: RequestHead): CborKind | undefined {
  if (header(request, 'smithy-protocol') === 'rpc-v2-cbor') return RPC_V2_CBOR;
  return (header(request, 'content-type') ?? '').startsWith(AMZ_CBOR.contentType) ? AMZ_CBOR : undefined;
}

/** Errors of either protocol: a map of `__type`, the message and further members. */
export function cborError(error: Error, requestId: string, kind: CborKind): HttpResponse {
  const { code, message, status, fields } = asAwsError(error);
  return answer(kind, status, requestId, cbor.serialize({ __type: code, message, ...fields }));
}

function answer(kind: CborKind, status: number, requestId: string, body: HttpResponse['body']): HttpResponse {
  return {
    status,
    headers: [['x-amzn-requestid', requestId], ['content-type', kind.contentType], ...kind.headers],
    body,
  };
}

/** @throws AwsError SerializationException where it is no CBOR, or no map */
function readCbor(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(body);
  } catch {
    throw new AwsError('SerializationException', 'Unexpected value in the body: it is not CBOR');
  }
}

/**
 * AWS's protocols of CBOR, for a service that has an X-Amz-Target in JSON.
 *
 * @param service the cloud's name of the service, whose model is read at its first call
 */
export function cborProtocol(service: string, kind: CborKind): Protocol {
  let prepared: ReturnType<typeof prepare> | undefined;
  const wire = () => {
    prepared ??= prepare(service, kind);
    return prepared;
  };
  return {
    family: 'json',
    decode: (request) => {
      const { model, readerOf } = wire();
      const operation = kind.operationOf(request, model);
      const raw = readCbor(request.body);
      const shape = model.operations[operation]?.input;
      return { operation, input: shape === undefined ? raw : readerOf(shape)(raw, '') };
    },
    encode: (operation, output, requestId) => {
      const { model, writerOf } = wire();
      const shape = model.operations[operation]?.output ?? 'unit';
      const write = (member: Member, value: unknown) => cbor.serialize(writerOf(member)(value));
      const events = rpcEventStream(model, shape, Object(output), { contentType: kind.contentType, write });
      if (events) return answer({ ...kind, contentType: EVENT_STREAM }, 200, requestId, events);
      return answer(kind, 200, requestId, shape === 'unit' ? new Uint8Array() : write(shape, output ?? {}));
    },
    encodeError: (error, requestId) => cborError(error, requestId, kind),
  };
}

function prepare(service: string, { time }: CborKind) {
  const model = serviceModel(service);
  return { model, readerOf: createReaders(model, cborFormat(time)), writerOf: createCborWriters(model, time) };
}
