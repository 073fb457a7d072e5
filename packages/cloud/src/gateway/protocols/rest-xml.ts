import { isByteStream } from '../../core/bytes.js';
import type { BodyStream, HttpResponse, RequestHead } from '../../core/http.js';
import type { DecodedCall } from '../../core/service.js';
import {
  type Member,
  type ServiceModel,
  serviceModel,
  shapeOf,
  targetOf,
  traitsOf,
} from '../../model/service-model.js';
import { createReaders, type ReadFormat } from '../../model/value-reader.js';
import { xmlFormat } from '../../model/xml-format.js';
import { createXmlWriters } from '../../model/xml-writer.js';
import { readXml } from '../read-xml.js';
import { escapeXml, XML_DECLARATION } from '../xml.js';
import { restBinding } from './rest-binding.js';

type Structure = Readonly<Record<string, unknown>>;
type Headers = [string, string][];

/** The operation that a request asks for, and the members that its address gives. */
export interface RestXmlRoute {
  readonly operation: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How one service of the protocol differs from the others. */
export interface RestXmlOptions {
  readonly route: (head: RequestHead, query: URLSearchParams, model: ServiceModel) => RestXmlRoute;
  /** Of members in labels, query parameters and headers. @default textFormat */
  readonly format?: ReadFormat;
  /** Operations whose answer is the text of their one member in the root element (Smithy's `s3UnwrappedXmlOutput`). */
  readonly unwrapped?: ReadonlySet<string>;
}

/** Reads requests and writes answers of one service of AWS's REST-XML protocol. Errors are the service's own matter. */
export interface RestXmlWire {
  readonly decode: (head: RequestHead, body: Uint8Array) => DecodedCall;
  /** Undefined where the operation takes its body whole. */
  readonly decodeStreamed: (head: RequestHead, body: BodyStream) => DecodedCall | undefined;
  readonly encode: (operation: string, output: unknown) => HttpResponse;
}

/**
 * REST-XML: method, path, query, headers and an XML body, as the model binds them.
 *
 * @param service the cloud's name of the service, whose model is read at its first call
 */
export function restXmlWire(service: string, { route, format, unwrapped = NONE }: RestXmlOptions): RestXmlWire {
  let prepared: ReturnType<typeof prepare> | undefined;
  const wire = () => {
    prepared ??= prepare(service, format);
    return prepared;
  };

  function readHead(head: RequestHead) {
    const { model, binding } = wire();
    const query = new URLSearchParams(head.query);
    const { operation, labels } = route(head, query, model);
    return { operation, input: { ...binding.readBound(operation, head, query, labels) } };
  }

  function readBody(operation: string, body: Uint8Array): Structure {
    const { model, binding, readerOf } = wire();
    const { payload, body: members } = binding.inputOf(operation);
    if (body.length === 0) return {};
    if (!payload) {
      const given = Object.keys(members.members).length > 0 ? readXml(body) : {};
      return Object.fromEntries(
        Object.entries(members.members).flatMap(([name, member]) => {
          const value = given[xmlFormat.nameOf(name, traitsOf(member))];
          return value === undefined ? [] : [[name, readerOf(member)(value, name)]];
        }),
      );
    }
    const target = targetOf(payload.member);
    if (target === 'string') return { [payload.name]: Buffer.from(body).toString() };
    if (target === 'blob' || target === 'stream') return { [payload.name]: body };
    const value = readerOf(payload.member)(readXml(body), payload.name);
    return { [payload.name]: withEmptyLists(model, payload.member, value) };
  }

  function writeBody(operation: string, output: Structure, status: number, headers: Headers): HttpResponse {
    const { model, binding, writerOf, namespace } = wire();
    const xml: Headers = [...headers, ['content-type', 'application/xml']];
    const { payload, body } = binding.outputOf(operation);
    if (payload) {
      const value = output[payload.name];
      if (value === undefined || value === null) return { status, headers, body: '' };
      if (value instanceof Uint8Array || typeof value === 'string' || isByteStream(value)) {
        return { status, headers, body: value };
      }
      return { status, headers: xml, body: document(writerOf(payload.member)(rootOf(model, payload), value)) };
    }
    const members = Object.entries(body.members);
    if (members.length === 0) return { status, headers, body: '' };
    const root = body.xmlName ?? `${operation}Result`;
    const inner = members.map(([name, member]) =>
      unwrapped.has(operation)
        ? escapeXml(String(output[name] ?? ''))
        : writerOf(member)(traitsOf(member).xmlName ?? name, output[name]),
    );
    const text = inner.join('');
    return { status, headers: xml, body: document(text === '' ? `<${root}/>` : `<${root}>${text}</${root}>`) };

    function document(element: string): string {
      return XML_DECLARATION + element.replace(/^<([^ />]+)/, `<$1 xmlns="${namespace}"`);
    }
  }

  return {
    decode: (head, body) => {
      const { operation, input } = readHead(head);
      return { operation, input: { ...readBody(operation, body), ...input } };
    },
    decodeStreamed: (head, body) => {
      const { operation, input } = readHead(head);
      const { payload } = wire().binding.inputOf(operation);
      if (!payload || targetOf(payload.member) !== 'stream') return undefined;
      return { operation, input: { ...input, [payload.name]: body } };
    },
    encode: (operation, output) => {
      const given: Structure = Object(output ?? {});
      const { status, headers } = wire().binding.writeBound(operation, given);
      return writeBody(operation, given, status, headers);
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

/** A list without items is not in XML, or is an element without content: one that is required is empty then. */
function withEmptyLists(model: ServiceModel, member: Member, value: unknown): unknown {
  const shape = shapeOf(model, member);
  if (Array.isArray(value)) {
    const item = shape?.kind === 'list' ? shape.item : 'unit';
    return value.map((each) => withEmptyLists(model, item, each));
  }
  if (shape?.kind !== 'structure' || typeof value !== 'object' || value === null) return value;
  const filled: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    filled[name] = withEmptyLists(model, shape.members[name] ?? 'unit', each);
  }
  for (const name of shape.required ?? []) {
    if (filled[name] === undefined && shapeOf(model, shape.members[name] ?? 'unit')?.kind === 'list') filled[name] = [];
  }
  return filled;
}

/** The root element of a payload: the member's name for it, else the structure's. */
function rootOf(model: ServiceModel, { name, member }: { readonly name: string; readonly member: Member }): string {
  const { xmlName } = traitsOf(member);
  const shape = shapeOf(model, member);
  return xmlName ?? (shape && 'name' in shape ? shape.name : name);
}

function prepare(service: string, format: ReadFormat | undefined) {
  const model = serviceModel(service);
  return {
    model,
    namespace: model.xmlNamespace ?? '',
    // Names of headers have no case, and yet some of S3's clients look for AWS's.
    binding: restBinding(model, format, (name) => name),
    readerOf: createReaders(model, xmlFormat),
    writerOf: createXmlWriters(model),
  };
}
