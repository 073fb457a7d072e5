import { AwsError } from '../../core/aws-error.js';
import type { HttpResponse } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { jsonFormat } from '../../model/json-format.js';
import { createJsonWriters } from '../../model/json-writer.js';
import {
  type Member,
  type ServiceModel,
  type StructureShape,
  serviceModel,
  shapeOf,
  structureOf,
  targetOf,
} from '../../model/service-model.js';
import { createReaders, type ReadFormat } from '../../model/value-reader.js';
import { createRouter } from '../http-binding.js';
import { asAwsError } from '../internal-failure.js';
import { readJson, writeJson } from '../json.js';
import { isEventStream, jsonEvents, writeEventStream } from './event-stream.js';
import { restBinding } from './rest-binding.js';

/** A model that a REST service answers by, and what its operations are called here. */
export interface RestModel {
  /** The name of the model: `apigatewayv2` */
  readonly model: string;
  /** Set before AWS's names, where two models of one service share some: `V2` */
  readonly prefix?: string;
  /** How the JSON of a body is read. @default - as most services do */
  readonly format?: ReadFormat;
}

type Headers = [string, string][];

/**
 * REST-JSON: method, path, query, headers and a JSON body, as the model binds them.
 *
 * @param models the models that the service answers by, read at its first call
 */
export function restJsonProtocol(models: readonly RestModel[]): Protocol {
  let prepared: ReturnType<typeof prepare> | undefined;
  const wire = () => {
    prepared ??= prepare(models);
    return prepared;
  };
  return {
    family: 'rest-json',
    decode: (request) => {
      const { route, operations } = wire();
      const query = new URLSearchParams(request.query);
      const match = route(request.method, request.path, query);
      const found = match && operations.get(match.operation);
      if (!match || !found) {
        throw new AwsError('UnknownOperationException', `AWS has no operation ${request.method} ${request.path}`, 404);
      }
      return {
        operation: match.operation,
        input: {
          ...found.readBody(request.body),
          ...found.binding.readBound(found.name, request, query, match.labels),
        },
      };
    },
    encode: (operation, output, requestId) => {
      const found = wire().operations.get(operation);
      const given: Readonly<Record<string, unknown>> = Object(output ?? {});
      const { status, headers } = found?.binding.writeBound(found.name, given) ?? { status: 200, headers: [] };
      const sent: Headers = [['x-amzn-requestid', requestId], ...headers];
      return found ? found.writeBody(given, status, sent) : { status, headers: sent, body: '' };
    },
    encodeError: (error, requestId) => {
      const { code, message, status, fields } = asAwsError(error);
      const headers: Headers = [
        ['x-amzn-requestid', requestId],
        ['content-type', 'application/json'],
        ['x-amzn-errortype', code],
      ];
      return { status, headers, body: writeJson({ ...fields, [wire().messageMember(code)]: message }) };
    },
  };
}

function prepare(models: readonly RestModel[]) {
  const operations = new Map<string, ReturnType<typeof operationWire>>();
  const routes: [string, { method: string; path: string }][] = [];
  const messageMembers = new Map<string, string>();
  for (const { model: name, prefix = '', format = jsonFormat } of models) {
    const model = serviceModel(name);
    const wire = {
      model,
      binding: restBinding(model),
      readerOf: createReaders(model, format),
      writerOf: createJsonWriters(model),
    };
    for (const [operation, { http }] of Object.entries(model.operations)) {
      if (!http) continue;
      routes.push([prefix + operation, { method: http.method, path: http.uri }]);
      operations.set(prefix + operation, operationWire(operation, wire));
    }
    for (const [code, { shape }] of Object.entries(model.errors)) {
      const member = Object.keys(structureOf(model, shape)?.members ?? {}).find((each) => /^message$/i.test(each));
      if (member !== undefined && !messageMembers.has(code)) messageMembers.set(code, member);
    }
  }
  /** Some errors of one service have `Message` and others `message`. */
  const messageMember = (code: string): string => messageMembers.get(code) ?? 'message';
  return { operations, messageMember, route: createRouter(routes) };
}

interface ModelWire {
  readonly model: ServiceModel;
  readonly binding: ReturnType<typeof restBinding>;
  readonly readerOf: ReturnType<typeof createReaders>;
  readonly writerOf: ReturnType<typeof createJsonWriters>;
}

function operationWire(name: string, { model, binding, readerOf, writerOf }: ModelWire) {
  return {
    name,
    binding,
    readBody: (body: Uint8Array): Record<string, unknown> => {
      const { payload, body: members } = binding.inputOf(name);
      if (!payload) return readMembers(members, readJson(body));
      if (isBytes(payload.member)) return body.length > 0 ? { [payload.name]: body } : {};
      return body.length > 0 ? { [payload.name]: readerOf(payload.member)(readJson(body), payload.name) } : {};
    },
    writeBody: (output: Readonly<Record<string, unknown>>, status: number, headers: Headers): HttpResponse => {
      const { payload, body: members } = binding.outputOf(name);
      const json: Headers = [...headers, ['content-type', 'application/json']];
      if (!payload) {
        if (status === 204 || model.operations[name]?.output === 'unit') return { status, headers, body: '' };
        return { status, headers: json, body: JSON.stringify(writeMembers(members, output)) };
      }
      const value = output[payload.name];
      if (isStream(value)) {
        const framed = isEventStream(model, payload.member);
        return {
          status,
          headers,
          body: framed
            ? writeEventStream(value, model, payload.member, jsonEvents('application/json', writerOf))
            : value,
        };
      }
      if (value instanceof Uint8Array || typeof value === 'string') {
        const typed = headers.some(([header]) => header === 'content-type');
        return { status, headers: typed ? headers : json, body: value };
      }
      if (value === undefined || value === null) return { status, headers: json, body: '' };
      return { status, headers: json, body: JSON.stringify(writerOf(payload.member)(value)) };
    },
  };

  function readMembers({ members }: StructureShape, given: Readonly<Record<string, unknown>>) {
    const input: Record<string, unknown> = {};
    for (const [member, of] of Object.entries(members)) {
      const value = given[jsonFormat.nameOf(member, typeof of === 'object' ? of : {})];
      if (value !== undefined && value !== null) input[member] = readerOf(of)(value, member);
    }
    return input;
  }

  function writeMembers({ members }: StructureShape, output: Readonly<Record<string, unknown>>) {
    const written: Record<string, unknown> = {};
    for (const [member, of] of Object.entries(members)) {
      const value = output[member];
      if (value === undefined || value === null) continue;
      written[jsonFormat.nameOf(member, typeof of === 'object' ? of : {})] = writerOf(of)(value);
    }
    return written;
  }

  function isBytes(member: Member): boolean {
    const target = targetOf(member);
    return target === 'blob' || target === 'stream' || (target === 'string' && shapeOf(model, member) === undefined);
  }
}

/** A payload that leaves as it comes. */
function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
